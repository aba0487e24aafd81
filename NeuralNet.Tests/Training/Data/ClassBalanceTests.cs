using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

internal sealed class ClassBalanceTests
{
    // scikit-learn: compute_class_weight("balanced") of six, three and one gives 10/18, 10/9 and 10/3 (NeuralNet.Tests/Reference/scaling.py).
    [Test]
    public void ClassWeights_AreThoseOfScikitLearn()
    {
        var data = new DataSet<double>(new double[10], [0, 0, 0, 0, 0, 0, 1, 1, 1, 2], 1, 3);
        data.ClassCounts.ShouldBe([6, 3, 1]);
        double[] weights = data.ClassWeights();
        weights.Length.ShouldBe(3);
        weights[0].ShouldBe(0.55555556, 1e-8);
        weights[1].ShouldBe(1.11111111, 1e-8);
        weights[2].ShouldBe(3.33333333, 1e-8);
    }

    [Test]
    public void ClassCounts_Padding_DoesNotCount()
    {
        DataSet<float> data = new DataSet<float>(new float[2], 1).WithLabels([0, 1, 0, 1, 1, 0], 2, perSample: 3);
        data.ClassCounts.ShouldBe([3, 3]);
        data.WithWeights([1, 1, 0, 1, 0, 0], perSample: 3).ClassCounts.ShouldBe([1, 2]);
        data.WithWeights([0, 2]).ClassCounts.ShouldBe([1, 2]);
    }

    [Test]
    public void ClassCounts_AfterOtherLabels_AreTheirs()
    {
        var data = new DataSet<float>(new float[3], [0, 0, 1], 1, 2);
        data.ClassCounts.ShouldBe([2, 1]);
        data.WithLabels([1, 1, 1], 2).ClassCounts.ShouldBe([0, 3]);
        data.Subset([2]).ClassCounts.ShouldBe([0, 1]);
    }

    [Test]
    public void ClassWeights_ClassWithoutSamples_IsNamed() =>
        Should.Throw<InvalidOperationException>(() => new DataSet<float>(new float[2], [0, 2], 1, 3).WithNames(classes: ["a", "b", "c"]).ClassWeights()).Message
            .ShouldBe("Class 1 ('b') has no samples, so that it has no weight.");

    [Test]
    public void ClassWeights_WithoutLabels_AreRefused()
    {
        var data = new DataSet<float>(new float[2], 1);
        data.ClassCounts.ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(data.ClassWeights).Message.ShouldContain("WithLabels");
    }
}
