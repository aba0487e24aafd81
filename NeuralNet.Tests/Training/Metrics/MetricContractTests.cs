using System.Numerics;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>What every metric must do: checked for all that stand in the catalogue.</summary>
[TestFixtureSource(nameof(Names))]
internal sealed class MetricContractTests(string name)
{
    private static IEnumerable<string> Names() => MetricCatalogue.All<double>().Select(entry => entry.Name);

    private readonly MetricEntry<double> _entry = MetricCatalogue.Get<double>(name);

    private MetricSamples<double> Samples(int count = 83, int seed = 1) => MetricSamples<double>.Random(count, _entry.Columns, seed);

    [Test]
    public void Add_BatchesOfOddSizes_GiveTheBitsOfAllAtOnce()
    {
        MetricSamples<double> samples = Samples();
        MetricRun<double> whole = _entry.Make().Add(samples, !_entry.IsOfBatches), parts = _entry.Make();
        int start = 0;
        foreach (int count in (ReadOnlySpan<int>)[1, 30, 7, 45])
        {
            parts.Add(samples.Range(start, count), !_entry.IsOfBatches);
            start += count;
        }

        start.ShouldBe(samples.Count);
        if (_entry.IsOfBatches)
        {
            parts.Value.ShouldBe(whole.Value, 1e-14);
        }
        else
        {
            parts.Value.ShouldBe(whole.Value);
        }

        parts.TotalWeight.ShouldBe(whole.TotalWeight);
        whole.Value.ShouldNotBe(_entry.Make().Add(samples.Range(0, 41)).Value, "the rest of the samples changes nothing");
    }

    [Test]
    public void Reset_AfterOtherSamples_BeginsAnew()
    {
        MetricRun<double> fresh = _entry.Make().Add(Samples()), used = _entry.Make().Add(Samples(200, seed: 2));
        used.Reset();
        used.TotalWeight.ShouldBe(0);
        used.Add(Samples()).Value.ShouldBe(fresh.Value);
    }

    [Test]
    public void Value_NothingAdded_IsRefusedWithTheName()
    {
        MetricRun<double> metric = _entry.Make();
        Refused();
        metric.Add(Samples());
        metric.Reset();
        Refused();
        metric.Metric.ToString().ShouldBe($"{metric.Name} of no samples");

        void Refused() => Should.Throw<InvalidOperationException>(() => metric.Value).Message.ShouldStartWith($"The metric '{metric.Name}' has no value");
    }

    [Test]
    public void ToString_OfSamples_IsNameAndValue()
    {
        MetricRun<double> metric = _entry.Make().Add(Samples());
        metric.Metric.ToString().ShouldBe(FormattableString.Invariant($"{metric.Name} {metric.Value:G5}"));
    }

    [Test]
    public void Value_OfFloats_AgreesWithDoubles() =>
        MetricCatalogue.Get<float>(name).Make().Add(Samples().As<float>(), !_entry.IsOfBatches).Value
            .ShouldBe(_entry.Make().Add(Samples(), !_entry.IsOfBatches).Value, 1e-6);

    [Test]
    public void Add_WeightOfTwo_IsTheSampleTwice()
    {
        if (_entry.IsOfBatches)
        {
            return;
        }

        MetricSamples<double> samples = Samples(9);
        MetricRun<double> weighted = _entry.Make(), twice = _entry.Make().Add(samples.At(0, 1, 2, 3, 3, 4, 6, 7, 7, 8));
        weighted.Add(samples, Matrix<double>.Build.Dense(9, 1, [1, 1, 1, 2, 1, 0, 1, 2, 1]));

        weighted.Value.ShouldBe(twice.Value, 1e-14);
        weighted.TotalWeight.ShouldBe(10);
    }

    [Test]
    public void Add_WeightOfZero_LooksNeitherAtPredictionNorAtTarget()
    {
        if (_entry.IsOfBatches)
        {
            return;
        }

        MetricSamples<double> samples = Samples(40);
        MetricRun<double> without = _entry.Make().Add(samples.At([.. Enumerable.Range(0, 40).Where(i => i != 4)])), masked = _entry.Make();
        samples.Prediction.SetRow(4, [.. Enumerable.Repeat(double.NaN, _entry.Columns)]);
        samples.Targets.SetRow(4, [.. Enumerable.Repeat(double.NaN, _entry.Columns)]);
        samples.Labels[4] = -1;
        masked.Add(samples, Matrix<double>.Build.Dense(40, 1, (i, _) => i == 4 ? 0 : 1));

        masked.Value.ShouldBe(without.Value);
        double.IsFinite(masked.Value).ShouldBeTrue();

        MetricRun<double> nothing = _entry.Make();
        nothing.Add(samples, Matrix<double>.Build.Dense(40, 1));
        Should.Throw<InvalidOperationException>(() => nothing.Value);
    }

    [Test]
    public void Add_WhatDoesNotFit_IsRefusedAndNothingIsAdded()
    {
        MetricSamples<double> samples = Samples(9);
        MetricRun<double> metric = _entry.Make().Add(samples);
        double value = metric.Value;
        int columns = _entry.Columns;

        Should.Throw<ArgumentNullException>(() => metric.Add(samples with { Prediction = null! })).ParamName.ShouldBe("prediction");
        Refused<ArgumentException>(samples with { Prediction = Matrix<double>.Build.Dense(0, columns) }, $"[0×{columns}]");
        Refused<ArgumentException>(samples with { Prediction = Matrix<double>.Build.Dense(9, 0) }, "[9×0]");
        Refused<ArgumentException>(samples with { Prediction = Matrix<double>.Build.Dense(9, columns + 1) }, $"of {columns} columns before, now [9×{columns + 1}]");
        Refused<ArgumentException>(samples with { Prediction = Matrix<double>.Build.Dense(8, columns) }, "got ");
        Refused<ArgumentException>(samples with { Prediction = Matrix<double>.Build.Sparse(9, columns) }, "dense");
        RefusedWeights<ArgumentException>(Matrix<double>.Build.Dense(8, 1), "expects weights [9×1]");
        RefusedWeights<ArgumentException>(Matrix<double>.Build.Dense(9, 2), "expects weights [9×1]");
        RefusedWeights<ArgumentException>(Matrix<double>.Build.Sparse(9, 1), "dense");
        foreach (double wrong in (ReadOnlySpan<double>)[-1, double.NaN, double.PositiveInfinity])
        {
            Matrix<double> weights = samples.Weights.Clone();
            weights[7, 0] = wrong;
            RefusedWeights<ArgumentOutOfRangeException>(weights, "that of sample 7 is");
        }

        metric.Value.ShouldBe(value);
        metric.TotalWeight.ShouldBe(9);

        void Refused<TException>(MetricSamples<double> wrong, string message) where TException : ArgumentException =>
            Should.Throw<TException>(() => metric.Add(wrong)).Message.ShouldContain(message);
        void RefusedWeights<TException>(Matrix<double> weights, string message) where TException : ArgumentException =>
            Should.Throw<TException>(() => metric.Add(samples, weights)).Message.ShouldContain(message);
    }

    [Test]
    public void Add_SteadyState_AllocatesNothing()
    {
        AllocatedBytes<float>().ShouldBe(0);
        AllocatedBytes<double>().ShouldBe(0);
    }

    // Metrics that keep all scores allocate while their arrays grow, which Reset keeps.
    private long AllocatedBytes<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        MetricRun<T> metric = MetricCatalogue.Get<T>(name).Make();
        MetricSamples<T> full = Samples(300).As<T>(), last = Samples(37).As<T>();
        return Allocation.OfThread(() =>
        {
            metric.Reset();
            metric.Add(full, !_entry.IsOfBatches).Add(last, !_entry.IsOfBatches);
        });
    }
}
