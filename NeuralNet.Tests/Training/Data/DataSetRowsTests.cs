using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

/// <summary>Data sets of arrays and matrices; names and shapes.</summary>
[TestFixture(TypeArgs = [typeof(float)])]
[TestFixture(TypeArgs = [typeof(double)])]
internal sealed class DataSetRowsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T[][] Rows = [Numbers(1, 2, 3), Numbers(4, 5, 6)];

    [Test]
    public void FromRows_Labels_AreSamplesWithClassesUpToTheLargest()
    {
        int[] labels = [0, 2];
        DataSet<T> data = DataSet<T>.FromRows(Rows, labels);
        labels[0] = 1;
        Rows[0][0].ShouldBe(T.One);

        (data.Count, data.Features, data.Classes, data.Outputs).ShouldBe((2, 3, 3, 0));
        data.Samples.ToArray().ShouldBe(Numbers(1, 2, 3, 4, 5, 6));
        data.Labels.ToArray().ShouldBe([0, 2]);
        DataSet<T>.FromRows(Rows, [0, 2], classes: 5).Classes.ShouldBe(5);
    }

    [Test]
    public void FromRows_Targets_AreVectors()
    {
        DataSet<T> data = DataSet<T>.FromRows(Rows, [Numbers(7, 8), Numbers(9, 10)]);
        (data.Outputs, data.Classes).ShouldBe((2, 0));
        data.Targets.ToArray().ShouldBe(Numbers(7, 8, 9, 10));
    }

    [Test]
    public void FromMatrix_IsTurnedIntoSampleAfterSample()
    {
        Matrix<T> inputs = Matrices.FromRows(Rows), targets = Matrices.FromRows(Numbers(7, 8), Numbers(9, 10));
        DataSet<T>.FromMatrix(inputs).Samples.ToArray().ShouldBe(Numbers(1, 2, 3, 4, 5, 6));
        DataSet<T>.FromMatrix(inputs, [1, 0]).Labels.ToArray().ShouldBe([1, 0]);
        DataSet<T>.FromMatrix(inputs, targets).Targets.ToArray().ShouldBe(Numbers(7, 8, 9, 10));
    }

    [Test]
    public void FromRows_WrongSizes_AreNamed()
    {
        Should.Throw<ArgumentException>(() => DataSet<T>.FromRows()).Message.ShouldStartWith("A data set needs one sample or more, got no rows.");
        Should.Throw<ArgumentException>(() => DataSet<T>.FromRows(Numbers(1, 2), Numbers(3))).Message
            .ShouldStartWith("The rows of a data set are of one length, 1 or more: row 0 has 2 values, row 1 has 1.");
        Should.Throw<ArgumentException>(() => DataSet<T>.FromRows(Numbers())).Message.ShouldContain("row 0 has 0 values");
        Should.Throw<ArgumentException>(() => DataSet<T>.FromRows(Rows, [0])).Message.ShouldStartWith("2 samples need as many labels, got 1.");
        Should.Throw<ArgumentException>(() => DataSet<T>.FromRows(Rows, [Numbers(1)])).Message.ShouldStartWith("2 samples need as many targets, got 1.");
        Should.Throw<ArgumentNullException>(() => DataSet<T>.FromRows(Rows[0], null!)).ParamName.ShouldBe("rows[1]");
        Should.Throw<ArgumentOutOfRangeException>(() => DataSet<T>.FromRows(Rows, [0, -1])).Message.ShouldStartWith("Label 1 is -1");
        Should.Throw<ArgumentOutOfRangeException>(() => DataSet<T>.FromRows(Rows, [-2, -1])).Message.ShouldStartWith("Label 0 is -2");
        Should.Throw<ArgumentOutOfRangeException>(() => DataSet<T>.FromRows(Rows, [0, int.MaxValue])).Message.ShouldStartWith("Label 1 is 2147483647");
        Should.Throw<ArgumentOutOfRangeException>(() => DataSet<T>.FromRows(Rows, [0, 2], classes: 2)).Message.ShouldStartWith("Label 1 is 2; with 2 classes");
    }

    [Test]
    public void FromMatrix_WrongSizes_AreNamed()
    {
        Matrix<T> inputs = Matrices.FromRows(Rows);
        Should.Throw<ArgumentException>(() => DataSet<T>.FromMatrix(Matrices.Zeros<T>(0, 3))).Message.ShouldContain("got [0×3]");
        Should.Throw<ArgumentException>(() => DataSet<T>.FromMatrix(Matrix<T>.Build.Sparse(2, 3))).Message.ShouldStartWith("A dense matrix is needed");
        Should.Throw<ArgumentException>(() => DataSet<T>.FromMatrix(inputs, Matrices.Zeros<T>(3, 1))).Message.ShouldStartWith("2 samples need as many targets, got 3.");
        Should.Throw<ArgumentException>(() => DataSet<T>.FromMatrix(inputs, [1])).Message.ShouldStartWith("2 samples need as many labels, got 1.");
        Should.Throw<ArgumentNullException>(() => DataSet<T>.FromMatrix(null!)).ParamName.ShouldBe("inputs");
    }

    [Test]
    public void WithNames_AreCarriedAndReplacedSingly()
    {
        DataSet<T> plain = DataSet<T>.FromRows(Rows, [0, 1]), named = plain.WithNames(["a", "b", "c"]).WithNames(classes: ["no", "yes"]);
        plain.FeatureNames.ShouldBeEmpty();
        plain.ClassNames.ShouldBeEmpty();
        (string.Join(' ', named.FeatureNames), string.Join(' ', named.ClassNames)).ShouldBe(("a b c", "no yes"));
        DataSet<T> part = named.WithShape(SampleShape.Image(1, 3, 1)).Subset([1]);
        (string.Join(' ', part.FeatureNames), string.Join(' ', part.ClassNames), part.Shape).ShouldBe(("a b c", "no yes", SampleShape.Image(1, 3, 1)));
    }

    [Test]
    public void WithLabels_OtherClasses_HaveNoNamesYet() =>
        DataSet<T>.FromRows(Rows, [0, 1]).WithNames(classes: ["no", "yes"]).WithLabels([0, 2], 3).ClassNames.ShouldBeEmpty();

    [Test]
    public void WithNames_WrongNames_AreRefused()
    {
        DataSet<T> data = DataSet<T>.FromRows(Rows, [0, 1]);
        Should.Throw<ArgumentException>(() => data.WithNames(["a", "b"])).Message.ShouldStartWith("The data set has 3 features, got 2 names.");
        Should.Throw<ArgumentException>(() => data.WithNames(["a", "b", "a"])).Message.ShouldStartWith("Names 0 and 2 of the features are both 'a'.");
        Should.Throw<ArgumentException>(() => data.WithNames(classes: ["a", " "])).Message.ShouldStartWith("Name 1 of the classes is blank.");
        Should.Throw<ArgumentException>(() => new DataSet<T>(new T[4], 2).WithNames(classes: ["a"])).Message.ShouldStartWith("The data set has 0 classes, got 1 names.");
    }

    [Test]
    public void Shape_IsAVectorUntilSaidOtherwise()
    {
        var data = new DataSet<T>(new T[24], 12);
        data.Shape.ShouldBe(SampleShape.Vector(12));
        data.WithShape(SampleShape.Image(3, 2, 2)).Shape.ShouldBe(SampleShape.Image(3, 2, 2));
        Should.Throw<ArgumentException>(() => data.WithShape(SampleShape.Image(1, 2, 2))).Message
            .ShouldStartWith("The samples have 12 values each; a sample of 1×2×2 has 4.");
    }

    private static T[] Numbers(params int[] numbers) => Array.ConvertAll(numbers, T.CreateChecked);
}
