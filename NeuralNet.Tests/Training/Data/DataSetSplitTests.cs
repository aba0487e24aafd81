using FsCheck;
using FsCheck.Fluent;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

/// <summary>Parts of data sets: sample i is the number i.</summary>
internal sealed class DataSetSplitTests
{
    // Up to 60 samples of up to 5 classes, some of which may be empty; a fraction in hundredths; a seed.
    private static readonly Arbitrary<(int[] Labels, int Percent, long Seed)> Cases = (
        from labels in Gen.Choose(0, 4).NonEmptyListOf()
        from percent in Gen.Choose(1, 99)
        from seed in Gen.Choose(-1000, 1000)
        select (labels.Take(60).ToArray(), percent, (long)seed)).ToArbitrary();

    [Test]
    public void Split_AnyFraction_SharesAllSamplesOutOnce() => Check((data, percent, seed) =>
    {
        int train = (int)Math.Floor((data.Count * (percent / 100.0)) + 0.5);
        if (train == 0 || train == data.Count)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => data.Split(percent / 100.0, seed)).ParamName.ShouldBe("trainFraction");
            return;
        }

        (DataSet<double> first, DataSet<double> second) = data.Split(percent / 100.0, seed);
        first.Count.ShouldBe(train);
        ShouldShareOut(data, first, second);
        Samples(data.Split(percent / 100.0, seed).Test).ShouldBe(Samples(second));
    });

    [Test]
    public void Split_ThreeParts_ShareAllSamplesOutOnce() => Check((data, percent, seed) =>
    {
        (double train, double validation) = (percent / 200.0, percent / 300.0);
        int first = (int)Math.Floor((data.Count * train) + 0.5);
        try
        {
            (DataSet<double> Train, DataSet<double> Validation, DataSet<double> Test) parts = data.Split(train, validation, seed);
            parts.Train.Count.ShouldBe(first);
            ((double)parts.Validation.Count).ShouldBe(data.Count * validation, 1.0);
            ShouldShareOut(data, parts.Train, parts.Validation, parts.Test);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The rest is shared in the proportion of what is left.
            new[] { data.Count * train, data.Count * validation, data.Count * (1 - train - validation) }.Min().ShouldBeLessThan(1);
        }
    });

    [Test]
    public void StratifiedSplit_EachClass_HasItsShareWithinOne() => Check((data, percent, seed) =>
    {
        int least = data.ClassCounts.Where(count => count > 0).Min();
        if (least < 2)
        {
            Should.Throw<InvalidOperationException>(() => data.StratifiedSplit(percent / 100.0, seed)).Message.ShouldContain("has 1 samples, which cannot be shared");
            return;
        }

        if (Math.Floor((data.Count * percent / 100.0) + 0.5) is 0 || Math.Floor((data.Count * percent / 100.0) + 0.5) == data.Count)
        {
            return;
        }

        (DataSet<double> train, DataSet<double> test) = data.StratifiedSplit(percent / 100.0, seed);
        ShouldShareOut(data, train, test);
        for (int c = 0; c < data.Classes; c++)
        {
            ((double)train.ClassCounts[c]).ShouldBe(data.ClassCounts[c] * percent / 100.0, 1.0000001);
        }
    });

    [Test]
    public void KFold_AnyK_EachSampleIsJudgedOnceAndPartsAreBalancedToOne() => Check((data, percent, seed) =>
    {
        int k = 2 + (percent % 9);
        if (k > data.Count)
        {
            Should.Throw<ArgumentOutOfRangeException>(() => data.KFold(k, seed)).Message.ShouldStartWith($"{data.Count} samples can be cut into 2 to");
            return;
        }

        (DataSet<double> Train, DataSet<double> Validation)[] folds = [.. data.KFold(k, seed)];
        folds.Length.ShouldBe(k);
        ShouldShareOut(data, [.. folds.Select(fold => fold.Validation)]);
        (folds.Max(fold => fold.Validation.Count) - folds.Min(fold => fold.Validation.Count)).ShouldBeLessThanOrEqualTo(1);
        foreach ((DataSet<double> train, DataSet<double> validation) in folds)
        {
            ShouldShareOut(data, train, validation);
        }
    });

    [Test]
    public void KFold_Stratified_EachClassIsBalancedToOne() => Check((data, percent, seed) =>
    {
        int k = 2 + (percent % 3);
        int least = data.ClassCounts.Where(count => count > 0).Min();
        if (k > data.Count || least < k)
        {
            return;
        }

        (DataSet<double> Train, DataSet<double> Validation)[] folds = [.. data.KFold(k, seed, stratified: true)];
        ShouldShareOut(data, [.. folds.Select(fold => fold.Validation)]);
        (folds.Max(fold => fold.Validation.Count) - folds.Min(fold => fold.Validation.Count)).ShouldBeLessThanOrEqualTo(1);
        for (int c = 0; c < data.Classes; c++)
        {
            (folds.Max(fold => fold.Validation.ClassCounts[c]) - folds.Min(fold => fold.Validation.ClassCounts[c])).ShouldBeLessThanOrEqualTo(1);
        }
    });

    [Test]
    public void Split_OtherSeed_OtherParts()
    {
        DataSet<double> data = Numbered(new int[100]);
        Samples(data.Split(0.5, 1).Train).ShouldNotBe(Samples(data.Split(0.5, 2).Train));
        Samples(data.Split(0.5, 1).Train).ShouldNotBe(Enumerable.Range(0, 50).Select(i => (double)i));
    }

    // The parts of a seed are a promise: who trains again must get the same ones. Counted here once and kept.
    [Test]
    public void Split_Seed_GivesThePartsItAlwaysGave() =>
        string.Join(' ', Samples(Numbered(new int[10]).Split(0.6, seed: 7).Train)).ShouldBe("0 1 2 3 7 9");

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(-0.5)]
    [TestCase(double.NaN)]
    public void Split_FractionThatIsNone_IsRefused(double fraction)
    {
        DataSet<double> data = Numbered(new int[10]);
        Should.Throw<ArgumentOutOfRangeException>(() => data.Split(fraction, 1)).ParamName.ShouldBe("trainFraction");
        Should.Throw<ArgumentOutOfRangeException>(() => data.Split(0.5, fraction, 1)).ParamName.ShouldBe("validationFraction");
        Should.Throw<ArgumentOutOfRangeException>(() => data.StratifiedSplit(fraction, 1)).ParamName.ShouldBe("trainFraction");
    }

    [Test]
    public void Split_NothingLeftForAPart_SaysWhatEachWouldGet()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Numbered(new int[10]).Split(0.99, 1)).Message.ShouldStartWith("10 would be shared out as 10 + 0;");
        Should.Throw<ArgumentOutOfRangeException>(() => Numbered(new int[10]).Split(0.7, 0.3, 1)).Message.ShouldContain("leave nothing to test with");
    }

    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(11)]
    public void KFold_PartsThatCannotBe_AreRefusedAtOnce(int k) =>
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = Numbered(new int[10]).KFold(k, 1); }).ParamName.ShouldBe("k");

    [Test]
    public void Stratified_SmallClass_IsNamed()
    {
        DataSet<double> data = Numbered([0, 0, 0, 0, 1, 1]).WithNames(classes: ["common", "rare"]);
        Should.Throw<InvalidOperationException>(() => data.StratifiedSplit(0.5, 0.2, 1)).Message
            .ShouldBe("Class 1 ('rare') has 2 samples, which cannot be shared among 3 parts.");
        Should.Throw<InvalidOperationException>(() => { _ = data.KFold(3, 1, stratified: true); }).Message.ShouldStartWith("Class 1 ('rare') has 2 samples");
    }

    [Test]
    public void Stratified_WithoutALabelEach_IsRefused()
    {
        var data = new DataSet<double>(new double[6], 1);
        Should.Throw<InvalidOperationException>(() => data.StratifiedSplit(0.5, 1)).Message.ShouldBe("A stratified split needs one label for each sample; these have 0.");
        Should.Throw<InvalidOperationException>(() => data.WithLabels(new int[12], 2, perSample: 2).StratifiedSplit(0.5, 1)).Message.ShouldContain("these have 2");
    }

    [Test]
    public void Subset_TakesEverythingAlongInTheOrderOfTheIndices()
    {
        DataSet<double> data = new DataSet<double>([0, 1, 10, 11, 20, 21], 2).WithLabels([0, 1, 2, 3, 4, 5], 6, perSample: 2)
            .WithTargets([0, 1, 2], 1).WithWeights([5, 6, 7, 8, 9, 10], perSample: 2);

        DataSet<double> part = data.Subset([2, 0, 2]);

        part.Samples.ToArray().ShouldBe([20, 21, 0, 1, 20, 21]);
        part.Labels.ToArray().ShouldBe([4, 5, 0, 1, 4, 5]);
        part.Targets.ToArray().ShouldBe([2, 0, 2]);
        part.Weights.ToArray().ShouldBe([9, 10, 5, 6, 9, 10]);
        (part.Classes, part.LabelsPerSample, part.Outputs, part.WeightsPerSample).ShouldBe((6, 2, 1, 2));
    }

    [Test]
    public void Subset_IndicesThatAreNone_AreRefused()
    {
        DataSet<double> data = Numbered(new int[3]);
        Should.Throw<ArgumentException>(() => data.Subset([])).Message.ShouldStartWith("A data set needs one sample or more, got no indices.");
        Should.Throw<ArgumentOutOfRangeException>(() => data.Subset([0, 3])).Message.ShouldStartWith("Index 1 is 3; the data set has samples 0 to 2.");
        Should.Throw<ArgumentOutOfRangeException>(() => data.Subset([-1])).Message.ShouldStartWith("Index 0 is -1");
    }

    private static void Check(Action<DataSet<double>, int, long> property) => Prop.ForAll(Cases, test =>
        property(Numbered(test.Labels), test.Percent, test.Seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_26, 11));

    private static DataSet<double> Numbered(int[] labels) =>
        new([.. Enumerable.Range(0, labels.Length).Select(i => (double)i)], labels, features: 1, classes: labels.Max() + 1);

    private static double[] Samples(DataSet<double> data) => data.Samples.ToArray();

    private static void ShouldShareOut(DataSet<double> data, params DataSet<double>[] parts)
    {
        parts.SelectMany(Samples).Order().ShouldBe(Samples(data));
        foreach (DataSet<double> part in parts)
        {
            Samples(part).ShouldBe(Samples(part).Order());
            part.Labels.ToArray().ShouldBe(Samples(part).Select(sample => data.Labels[(int)sample]));
            part.Classes.ShouldBe(data.Classes);
        }
    }
}
