using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

/// <summary>What data sets and loaders are given by mistake.</summary>
internal sealed class HostileDataTests
{
    private static readonly DataSet<float> Three = new(new float[6], features: 2);

    [Test]
    public void DataSet_Null_IsNamed()
    {
        Should.Throw<ArgumentNullException>(() => new DataSet<float>(null!, 2)).ParamName.ShouldBe("samples");
        Should.Throw<ArgumentNullException>(() => new DataSet<float>(null!, [1], 2, 2)).ParamName.ShouldBe("samples");
        Should.Throw<ArgumentNullException>(() => new DataSet<float>(new float[2], null!, 2, 2)).ParamName.ShouldBe("labels");
        Should.Throw<ArgumentNullException>(() => Three.WithLabels(null!, 2)).ParamName.ShouldBe("labels");
        Should.Throw<ArgumentNullException>(() => Three.WithTargets(null!, 2)).ParamName.ShouldBe("targets");
        Should.Throw<ArgumentNullException>(() => Three.WithWeights(null!)).ParamName.ShouldBe("weights");
        Should.Throw<ArgumentNullException>(() => new BatchLoader<float>(null!, 2)).ParamName.ShouldBe("data");
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void DataSet_SizeBelowOne_IsNamed(int size)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new DataSet<float>(new float[6], size)).ParamName.ShouldBe("features");
        Should.Throw<ArgumentOutOfRangeException>(() => new DataSet<float>(new float[6], [0, 0, 0], 2, size)).ParamName.ShouldBe("classes");
        Should.Throw<ArgumentOutOfRangeException>(() => Three.WithLabels([0, 0, 0], 2, size)).ParamName.ShouldBe("perSample");
        Should.Throw<ArgumentOutOfRangeException>(() => Three.WithLabels([0, 0, 0], size)).ParamName.ShouldBe("classes");
        Should.Throw<ArgumentOutOfRangeException>(() => Three.WithTargets(new float[3], size)).ParamName.ShouldBe("outputs");
        Should.Throw<ArgumentOutOfRangeException>(() => Three.WithWeights(new float[3], size)).ParamName.ShouldBe("perSample");
        Should.Throw<ArgumentOutOfRangeException>(() => new BatchLoader<float>(Three, size)).ParamName.ShouldBe("batchSize");
    }

    [Test]
    public void DataSet_LargestSizes_DoNotWrap()
    {
        Should.Throw<ArgumentException>(() => new DataSet<float>(new float[6], int.MaxValue)).Message.ShouldContain("2147483647 features each, got 6 values");
        Should.Throw<ArgumentException>(() => Three.WithLabels([0, 0, 0], 2, int.MaxValue)).Message.ShouldContain("need 6442450941 labels, got 3");
        Should.Throw<ArgumentException>(() => Three.WithTargets(new float[3], int.MaxValue)).Message.ShouldContain("need 6442450941 targets, got 3");
        Should.Throw<ArgumentException>(() => new DataSet<float>(new float[6], [0, 0, 0], int.MaxValue, 2)).Message.ShouldContain("need 6442450941 values, got 6");
    }

    [TestCase(0, -1)]
    [TestCase(0, 2)]
    [TestCase(2, 99)]
    public void WithLabels_LabelThatIsNoClass_IsRefusedWithPositionAndRange(int sample, int label)
    {
        int[] labels = [0, 1, 0];
        labels[sample] = label;
        Should.Throw<ArgumentOutOfRangeException>(() => Three.WithLabels(labels, classes: 2)).Message
            .ShouldContain($"Label {sample} is {label}; with 2 classes it must be 0 to 1.");
    }

    [TestCase(0, float.NaN)]
    [TestCase(0, -1f)]
    [TestCase(2, float.PositiveInfinity)]
    public void WithWeights_WeightThatIsNone_IsRefusedWithItsPosition(int sample, float weight)
    {
        float[] weights = [1, 0, 1];
        weights[sample] = weight;
        Should.Throw<ArgumentOutOfRangeException>(() => Three.WithWeights(weights)).Message.ShouldContain($"Weight {sample} is {weight}");
    }

    [Test]
    public void BatchLoader_LargestBatch_IsAllSamples()
    {
        var loader = new BatchLoader<float>(Three, int.MaxValue, seed: long.MinValue);
        loader.Count.ShouldBe(1);
        foreach (Batch<float> batch in loader)
        {
            batch.Count.ShouldBe(3);
        }
    }

    [Test]
    public void BatchLoader_AfterTheLastEpochThatHasANumber_DoesNotStartAgainBelowZero()
    {
        var loader = new BatchLoader<float>(Three, 2, seed: 1);
        loader.Resume(int.MaxValue);
        Should.Throw<OverflowException>(() =>
        {
            foreach (Batch<float> batch in loader)
            {
                loader.Epoch.ShouldBe(int.MaxValue);
            }
        });
    }

    [Test]
    public void LabeledImages_BadPath_NamesTheParameter()
    {
        Should.Throw<ArgumentNullException>(() => LabeledImages.Read<float>(null!, "labels", 10)).ParamName.ShouldBe("imagesPath");
        Should.Throw<ArgumentException>(() => LabeledImages.Read<float>("images", " ", 10)).ParamName.ShouldBe("labelsPath");
        Should.Throw<NotSupportedException>(() => LabeledImages.Read<Half>("images", "labels", 10));
    }
}
