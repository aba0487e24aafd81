using System.Numerics;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

[TestFixture(TypeArgs = [typeof(float)])]
[TestFixture(TypeArgs = [typeof(double)])]
internal sealed class DataSetTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void Constructor_ValidArrays_KeepsThem()
    {
        T[] samples = [T.Zero, T.One, T.Pi, T.E];

        var data = new DataSet<T>(samples, [1, 0], features: 2, classes: 2);

        (data.Count, data.Features, data.Classes).ShouldBe((2, 2, 2));
        data.Samples.ToArray().ShouldBe(samples);
        data.Labels.ToArray().ShouldBe([1, 0]);
        data.Sample(1).ToArray().ShouldBe([T.Pi, T.E]);
    }

    [Test]
    public void FromPixels_EveryByte_IsDividedBy255()
    {
        var pixels = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();

        var data = DataSet<T>.FromPixels(pixels, [3], features: 256, classes: 10);

        data.Samples.ToArray().ShouldBe(Enumerable.Range(0, 256).Select(value => T.CreateChecked(value) / T.CreateChecked(255)));
        data.Labels.ToArray().ShouldBe([3]);
    }

    [Test]
    public void Constructor_LengthsDiffer_NamesAllThree() =>
        Should.Throw<ArgumentException>(() => new DataSet<T>(new T[5], [0, 1], 2, 2))
            .Message.ShouldBe("2 labels with 2 features each need 4 values, got 5.");

    [Test]
    public void FromPixels_LengthsDiffer_NamesAllThree() =>
        Should.Throw<ArgumentException>(() => DataSet<T>.FromPixels(new byte[3], [0, 1], 2, 2))
            .Message.ShouldBe("2 labels with 2 features each need 4 values, got 3.");

    [Test]
    public void Constructor_NoSamples_IsRefused() =>
        Should.Throw<ArgumentException>(() => new DataSet<T>([], [], 2, 2)).Message.ShouldContain("one sample or more");

    [TestCase(-1)]
    [TestCase(3)]
    public void Constructor_LabelOutOfRange_NamesIndexAndValue(int label) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DataSet<T>(new T[3], [0, 2, label], 1, 3))
            .Message.ShouldStartWith($"Label 2 is {label}; with 3 classes it must be 0 to 2.");

    [TestCase(0, 1, "features")]
    [TestCase(-1, 1, "features")]
    [TestCase(1, 0, "classes")]
    [TestCase(1, -1, "classes")]
    public void Constructor_SizeNotPositive_IsRefused(int features, int classes, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DataSet<T>(new T[1], [0], features, classes)).ParamName.ShouldBe(name);

    [Test]
    public void Constructor_OtherElementType_IsRefused() =>
        Should.Throw<NotSupportedException>(() => new DataSet<Half>(new Half[1], [0], 1, 1)).Message.ShouldContain("float or double");

    [TestCase(-1)]
    [TestCase(2)]
    public void Sample_IndexOutOfRange_NamesTheRange(int index) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DataSet<T>(new T[2], [0, 0], 1, 1).Sample(index))
            .Message.ShouldStartWith("The data set has samples 0 to 1.");
}
