namespace NeuralNet.Tests.Training.Metrics;

/// <summary>What every metric has gathered, kept as numbers: gone on from, and put together with what another has gathered.</summary>
[TestFixtureSource(nameof(Names))]
internal sealed class MetricStateTests(string name)
{
    private static IEnumerable<string> Names() => MetricCatalogue.All<double>().Select(entry => entry.Name);

    private readonly MetricEntry<double> _entry = MetricCatalogue.Get<double>(name);

    private bool Weighs => !_entry.IsOfBatches;

    private MetricSamples<double> Samples => MetricSamples<double>.Random(83, _entry.Columns);

    [Test]
    public void Restore_WhatAnotherSaved_GoesOnAsThat()
    {
        MetricRun<double> first = _entry.Make().Add(Samples.Range(0, 41), Weighs), second = _entry.Make().Add(Samples.Range(5, 9), Weighs);

        second.Restore(first.Save());

        first.Add(Samples.Range(41, 42), Weighs);
        second.Add(Samples.Range(41, 42), Weighs);
        (second.Value, second.TotalWeight).ShouldBe((first.Value, first.TotalWeight));
        second.Save().ShouldBe(first.Save());
    }

    [Test]
    public void Merge_PartsOfTheSamples_GivesTheValueOfAll()
    {
        MetricRun<double> whole = _entry.Make().Add(Samples, Weighs), merged = _entry.Make().Add(Samples.Range(0, 30), Weighs);

        merged.Merge(_entry.Make().Add(Samples.Range(30, 11), Weighs).Save());
        merged.Merge(_entry.Make().Add(Samples.Range(41, 42), Weighs).Save());

        merged.Value.ShouldBe(whole.Value, 1e-12);
        merged.TotalWeight.ShouldBe(whole.TotalWeight);
    }

    [Test]
    public void Merge_NothingGathered_ChangesNothing()
    {
        MetricRun<double> gathered = _entry.Make().Add(Samples, Weighs), empty = _entry.Make();
        double value = gathered.Value;

        gathered.Merge();
        empty.Merge(gathered.Save());

        (gathered.Value, empty.Value).ShouldBe((value, value));
        empty.TotalWeight.ShouldBe(gathered.TotalWeight);
        _entry.Make().Save().ShouldBeEmpty();
        gathered.Restore();
        gathered.TotalWeight.ShouldBe(0);
    }

    // All of weight 0: there are columns, and no value.
    [Test]
    public void Save_SamplesOfNoWeight_KeepsTheColumns()
    {
        if (_entry.IsOfBatches)
        {
            return;
        }

        MetricRun<double> masked = _entry.Make(), gathered = _entry.Make().Add(Samples), restored = _entry.Make();
        masked.Add(Samples, Matrix<double>.Build.Dense(83, 1));
        double value = gathered.Value;

        restored.Restore(masked.Save());
        gathered.Merge(masked.Save());

        restored.TotalWeight.ShouldBe(0);
        gathered.Value.ShouldBe(value);
        MetricSamples<double> wider = MetricSamples<double>.Random(3, _entry.Columns + 1);
        Should.Throw<ArgumentException>(() => restored.Add(wider)).Message.ShouldContain($"was given predictions of {_entry.Columns} columns before");
    }

    [Test]
    public void Restore_NumbersOfOthers_AreRefusedAndNothingIsGathered()
    {
        double[] own = _entry.Make().Add(Samples, Weighs).Save();

        Refused([5]);
        Refused([0, .. own[1..]]);
        Refused([-1, .. own[1..]]);
        Refused([own[0] + 0.5, .. own[1..]]);
        Refused([4e9, .. own[1..]]);
        Refused([double.NaN, .. own[1..]]);
        Refused([own[0], -1, .. own[2..]]);
        Refused([own[0], double.NaN, .. own[2..]]);
        Refused([.. own, 1]);

        void Refused(double[] numbers)
        {
            MetricRun<double> metric = _entry.Make().Add(Samples, Weighs);
            Should.Throw<ArgumentException>(() => metric.Restore(numbers)).Message.ShouldBe(
                $"The metric '{metric.Name}' cannot go on from {numbers.Length} numbers that are of another metric, or of one with other settings. (Parameter 'numbers')");
            metric.TotalWeight.ShouldBe(0);
        }
    }

    [Test]
    public void Merge_NumbersOfOthers_AreRefusedAndNothingIsGathered()
    {
        double[] own = _entry.Make().Add(Samples, Weighs).Save();

        Refused([own[0]]);
        Refused([own[0] + 1, .. own[1..]]);
        Refused([.. own, 1]);

        void Refused(double[] numbers)
        {
            MetricRun<double> metric = _entry.Make().Add(Samples, Weighs);
            Should.Throw<ArgumentException>(() => metric.Merge(numbers)).Message.ShouldBe(
                $"The metric '{metric.Name}' cannot be merged with {numbers.Length} numbers that are of another metric, or of one with other settings. (Parameter 'numbers')");
            metric.TotalWeight.ShouldBe(0);
        }
    }
}
