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

    [Test]
    public void With_LabelsTargetsAndWeights_AddsThemAndLeavesTheOriginal()
    {
        var samples = new DataSet<T>(new T[6], features: 3);

        DataSet<T> data = samples.WithLabels([0, 1, 2, 0], classes: 3, perSample: 2).WithTargets([T.One, T.Pi], outputs: 1).WithWeights([T.Zero, T.E]);

        (samples.Count, samples.Classes, samples.LabelsPerSample, samples.Outputs, samples.WeightsPerSample).ShouldBe((2, 0, 0, 0, 0));
        (data.Count, data.Classes, data.LabelsPerSample, data.Outputs, data.WeightsPerSample).ShouldBe((2, 3, 2, 1, 1));
        data.Labels.ToArray().ShouldBe([0, 1, 2, 0]);
        data.Targets.ToArray().ShouldBe([T.One, T.Pi]);
        data.Weights.ToArray().ShouldBe([T.Zero, T.E]);
    }

    [Test]
    public void With_AnotherCount_NamesWhatIsNeeded()
    {
        var data = new DataSet<T>(new T[6], features: 3);
        Should.Throw<ArgumentException>(() => data.WithLabels([0, 0, 0], 1)).Message.ShouldBe("2 samples with 1 labels each need 2 labels, got 3.");
        Should.Throw<ArgumentException>(() => data.WithTargets(new T[3], 2)).Message.ShouldBe("2 samples with 2 targets each need 4 targets, got 3.");
        Should.Throw<ArgumentException>(() => data.WithWeights(new T[3], 2)).Message.ShouldBe("2 samples with 2 weights each need 4 weights, got 3.");
        Should.Throw<ArgumentOutOfRangeException>(() => data.WithTargets([], 0));
    }

    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void WithWeights_NegativeOrNotFinite_NamesIndexAndValue(double weight) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DataSet<T>(new T[2], 1).WithWeights([T.One, T.CreateChecked(weight)]))
            .Message.ShouldStartWith($"Weight 1 is {T.CreateChecked(weight)}");

    [TestCase(0)]
    [TestCase(5)]
    public void Constructor_SamplesNotComplete_IsRefused(int values) =>
        Should.Throw<ArgumentException>(() => new DataSet<T>(new T[values], features: 2)).Message
            .ShouldStartWith($"A data set needs one sample or more with 2 features each, got {values} values.");
}
