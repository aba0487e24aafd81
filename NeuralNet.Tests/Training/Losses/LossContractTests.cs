using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>What holds for every loss, by <see cref="LossCatalogue"/>.</summary>
internal sealed class LossContractTests
{
    private static readonly int[] Sizes = [1, 2, 7, 20];

    private static IEnumerable<string> Names => LossCatalogue.All<double>().Select(entry => entry.Name);

    [TestCaseSource(nameof(Names))]
    public void Backward_AnySizeAndWeights_AgreesWithTheNumericalGradient(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        foreach (int samples in Sizes)
        {
            foreach (Matrix<double>? weights in (Matrix<double>?[])[null, Weights(1), Weights(entry.Positions)])
            {
                LossCall<double> call = entry.For(samples);
                Matrix<double> prediction = entry.Prediction(samples);
                var cache = new Cache<double>();
                const double Upstream = -1.7;
                GradientCheckReport report = GradientCheck.Scalar(
                    name,
                    [new NamedMatrix<double>("prediction", prediction)],
                    () => Upstream * call.Forward(prediction, weights, cache),
                    () => [call.Backward(Upstream, cache)]);
                report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, $"{samples} samples, weights {weights?.Shape()}: {report}");
            }

            Matrix<double> Weights(int columns) => LossEntry<double>.Weights(samples, columns);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Backward_AnySize_IsNotZeroEverywhere(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        LossCall<double> call = entry.For(7);
        var cache = new Cache<double>();
        call.Forward(entry.Prediction(7), null, cache);
        call.Backward(1, cache).FrobeniusNorm().ShouldBeGreaterThan(0.01);
    }

    [TestCaseSource(nameof(Names))]
    public void ForwardAndBackward_Float_AgreesWithDouble(string name)
    {
        foreach (int samples in (int[])[1, 33, 300])
        {
            foreach (bool isWeighted in (bool[])[false, true])
            {
                (double loss, double[] gradient) = Run<double>(name, samples, isWeighted);
                (double lossOfFloat, double[] gradientOfFloat) = Run<float>(name, samples, isWeighted);
                lossOfFloat.ShouldBe(loss, 1e-5 * Math.Max(1, Math.Abs(loss)));
                for (int i = 0; i < gradient.Length; i++)
                {
                    gradientOfFloat[i].ShouldBe(gradient[i], 2e-6 * gradient.Max(Math.Abs));
                }
            }
        }
    }

    // A mean is the sum of the samples' own losses, each by what it counts, over what all count.
    [TestCaseSource(nameof(Names))]
    public void Forward_Batch_IsMeanOrSumOfItsSamples(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        Matrix<double> prediction = entry.Prediction(9);
        foreach (Matrix<double>? weights in (Matrix<double>?[])[null, LossEntry<double>.Weights(9, 1)])
        {
            LossCall<double> call = entry.For(9);
            double sum = 0, counts = 0;
            for (int i = 0; i < 9; i++)
            {
                double weight = (weights?[i, 0] ?? 1) * (entry.IsMean ? call.Counts[i] : 1);
                sum += weight * entry.For(9, [i]).Forward(Dense(prediction, i), null, Evaluation);
                counts += weight;
            }

            call.Forward(prediction, weights, Evaluation).ShouldBe(entry.IsMean ? sum / counts : sum, 1e-12);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Forward_MaskedSamples_AreAsIfLeftOutEvenWhereTheyAreNaN(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        Matrix<double> prediction = entry.Prediction(5), mask = Matrix<double>.Build.Dense(5, 1, [1, 0, 1, 1, 0]);
        int[] counted = [0, 2, 3];
        Cache<double> cache = new(), cacheOfFew = new();
        LossCall<double> call = entry.For(5), few = entry.For(5, counted);
        double expected = few.Forward(Dense(prediction, counted), null, cacheOfFew);
        Matrix<double> gradientOfFew = few.Backward(1.5, cacheOfFew);
        foreach (double masked in (double[])[0.5, double.NaN, double.NegativeInfinity])
        {
            prediction.SetRow(1, [.. Enumerable.Repeat(masked, entry.Columns)]);
            prediction.SetRow(4, [.. Enumerable.Repeat(masked, entry.Columns)]);
            call.Forward(prediction, mask, cache).ShouldBe(expected, 1e-13);
            Matrix<double> gradient = call.Backward(1.5, cache);
            gradient.Row(1).Concat(gradient.Row(4)).ShouldAllBe(value => value == 0);
            (Dense(gradient, counted) - gradientOfFew).Enumerate().ShouldAllBe(value => Math.Abs(value) < 1e-14);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void ForwardAndBackward_NothingCounts_AreZero(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        LossCall<double> call = entry.For(5);
        foreach (int columns in (int[])[1, entry.Positions])
        {
            var cache = new Cache<double>();
            call.Forward(entry.Prediction(5), Matrix<double>.Build.Dense(5, columns), cache).ShouldBe(0);
            call.Backward(1, cache).Enumerate().ShouldAllBe(value => value == 0);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void ForwardAndBackward_WeightsAllTheSame_AreAMeanAsWithoutAndASumTimesThat(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        LossCall<double> call = entry.For(7);
        Cache<double> cache = new(), weighted = new();
        double factor = entry.IsMean ? 1 : 3;
        call.Forward(entry.Prediction(7), Matrix<double>.Build.Dense(7, entry.Positions, 3), weighted)
            .ShouldBe(factor * call.Forward(entry.Prediction(7), null, cache), 1e-12);
        (call.Backward(1, weighted) - (factor * call.Backward(1, cache))).Enumerate().ShouldAllBe(value => Math.Abs(value) < 1e-14);
    }

    [TestCaseSource(nameof(Names))]
    public void ForwardAndBackward_PredictionsOfTenThousand_AreFinite(string name)
    {
        CheckExtremes<float>();
        CheckExtremes<double>();

        void CheckExtremes<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            LossEntry<T> entry = LossCatalogue.Get<T>(name);
            T big = T.CreateChecked(1e4);
            foreach (int samples in (int[])[1, 6])
            {
                Matrix<T> prediction = Matrix<T>.Build.Dense(samples, entry.Columns, (i, j) => ((i * 3) + (j * 5)) % 4 < 2 ? big : -big);
                foreach (Matrix<T>? weights in (Matrix<T>?[])[null, Matrix<T>.Build.Dense(samples, 1, T.CreateChecked(0.5))])
                {
                    var cache = new Cache<T>();
                    T.IsFinite(entry.For(samples).Forward(prediction, weights, cache)).ShouldBeTrue();
                    entry.For(samples).Backward(T.One, cache).Enumerate().Select(double.CreateChecked).ShouldAllBe(value => Math.Abs(value) <= 5e4);
                }
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Forward_NaNThatCounts_IsNotHidden(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        Matrix<double> prediction = entry.Prediction(5);
        prediction.SetRow(2, [.. Enumerable.Repeat(double.NaN, entry.Columns)]);
        foreach (Matrix<double>? weights in (Matrix<double>?[])[null, Matrix<double>.Build.Dense(5, 1, 1)])
        {
            double.IsNaN(entry.For(5).Forward(prediction, weights, Evaluation)).ShouldBeTrue();
        }
    }

    [TestCaseSource(nameof(Names))]
    public void ForwardAndBackward_SteadyStateOfTwoBatchSizes_AllocatesNothing(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        var cache = new Cache<double>();
        (LossCall<double> Call, Matrix<double> Prediction, Matrix<double>? Weights)[] steps = [.. new[] { 6, 33 }.SelectMany(samples =>
            new[] { null, LossEntry<double>.Weights(samples, 1), LossEntry<double>.Weights(samples, entry.Positions) }
                .Select(weights => (entry.For(samples), entry.Prediction(samples), weights)))];
        Allocation.OfThread(() =>
        {
            foreach ((LossCall<double> call, Matrix<double> prediction, Matrix<double>? weights) in steps)
            {
                call.Forward(prediction, weights, cache);
                call.Backward(2, cache);
            }
        }).ShouldBe(0);
    }

    [TestCaseSource(nameof(Names))]
    public void Backward_CalledTwice_RepeatsAndScalesWithUpstream(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        LossCall<double> call = entry.For(6);
        foreach (Matrix<double>? weights in (Matrix<double>?[])[null, LossEntry<double>.Weights(6, 1)])
        {
            var cache = new Cache<double>();
            call.Forward(entry.Prediction(6), weights, cache);
            Matrix<double> first = call.Backward(1, cache).Clone();
            call.Backward(1, cache).ShouldBe(first);
            call.Backward(-4, cache).ShouldBe(-4 * first);
        }
    }

    // From inside a piece of work, a pass does all its pieces itself.
    [TestCaseSource(nameof(Names))]
    public void ForwardAndBackward_AloneOrShared_HaveTheSameBits(string name)
    {
        LossEntry<float> entry = LossCatalogue.Get<float>(name);
        LossCall<float> call = entry.For(2001);
        Matrix<float> prediction = entry.Prediction(2001);
        foreach (Matrix<float>? weights in (Matrix<float>?[])[null, LossEntry<float>.Weights(2001, 1)])
        {
            (float Loss, float[] Gradient) shared = Pass(), alone = default;
            ComputeThreads.For(2, 0, (piece, _) =>
            {
                if (piece == 0)
                {
                    alone = Pass();
                }
            });
            alone.Loss.ShouldBe(shared.Loss);
            alone.Gradient.AsSpan().SequenceEqual(shared.Gradient).ShouldBeTrue();

            (float, float[]) Pass()
            {
                var cache = new Cache<float>();
                float loss = call.Forward(prediction, weights, cache);
                return (loss, call.Backward(1, cache).AsSpan().ToArray());
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void LossGate_WithAndWithoutWeights_IsTheLoss(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        LossCall<double> call = entry.For(5);
        foreach (Matrix<double>? weights in (Matrix<double>?[])[null, LossEntry<double>.Weights(5, 1)])
        {
            Layer<double> gate = call.Gate(weights);
            Cache<double> cache = new(), cacheOfGate = new();
            gate.Forward(entry.Prediction(5), cacheOfGate)[0, 0].ShouldBe(call.Forward(entry.Prediction(5), weights, cache));
            gate.Backward(Matrix<double>.Build.Dense(1, 1, 0.5), cacheOfGate).ShouldBe(call.Backward(0.5, cache));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Forward_WeightsThatDoNotFit_AreRefused(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        Refused<ArgumentException>(Matrix<double>.Build.Dense(4, 1, 1), "expects weights [5×1]", "got [4×1]");
        Refused<ArgumentException>(Matrix<double>.Build.Dense(1, 5, 1), "expects weights [5×1]", "got [1×5]");
        Refused<ArgumentException>(Matrix<double>.Build.Dense(5, 0), "expects weights [5×1]", "got [5×0]");
        Refused<ArgumentException>(Matrix<double>.Build.Dense(5, 5, 1), "expects weights [5×1]", "got [5×5]");
        Refused<ArgumentException>(Matrix<double>.Build.Sparse(5, 1), "expects dense weights", "Sparse");
        foreach (double wrong in (double[])[-1, -double.Epsilon, double.NaN, double.PositiveInfinity])
        {
            Refused<ArgumentOutOfRangeException>(
                Matrix<double>.Build.Dense(5, 1, (i, _) => i == 3 ? wrong : 1), "finite numbers, 0 or more", $"that of sample 3 in column 0 is {wrong}");
        }

        if (entry.IsMean)
        {
            Refused<ArgumentException>(Matrix<double>.Build.Dense(5, 1, double.MaxValue), "a finite sum");
        }

        void Refused<TException>(Matrix<double> weights, params string[] words) where TException : ArgumentException
        {
            TException error = Should.Throw<TException>(() => entry.For(5).Forward(entry.Prediction(5), weights, new Cache<double>()));
            error.ParamName.ShouldBe("weights");
            words.ShouldAllBe(word => error.Message.Contains(word, StringComparison.Ordinal), error.Message);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Forward_AnotherShapeOrNothing_IsRefused(string name)
    {
        LossEntry<double> entry = LossCatalogue.Get<double>(name);
        foreach ((int rows, int columns) in new[] { (4, entry.Columns), (6, entry.Columns), (0, entry.Columns), (5, 0) })
        {
            Should.Throw<ArgumentException>(() => entry.For(5).Forward(Matrix<double>.Build.Dense(rows, columns), null, new Cache<double>())).Message
                .ShouldContain($"[{rows}×{columns}]");
        }

        Should.Throw<ArgumentNullException>(() => entry.For(5).Forward(null!, null, new Cache<double>())).ParamName.ShouldBe("prediction");
        Should.Throw<ArgumentNullException>(() => entry.For(5).Forward(entry.Prediction(5), null, null!)).ParamName.ShouldBe("cache");
    }

    [TestCaseSource(nameof(Names))]
    public void Backward_BeforeForward_SaysSo(string name) =>
        Should.Throw<InvalidOperationException>(() => LossCatalogue.Get<double>(name).For(5).Backward(1, new Cache<double>())).Message.ShouldContain("came before Forward");

    private static Cache<double> Evaluation => new(training: false);

    private static Matrix<double> Dense(Matrix<double> matrix, params int[] rows) => Matrix<double>.Build.DenseOfRows(rows.Select(i => matrix.Row(i)));

    private static (double Loss, double[] Gradient) Run<T>(string name, int samples, bool isWeighted) where T : unmanaged, IFloatingPointIeee754<T>
    {
        LossEntry<T> entry = LossCatalogue.Get<T>(name);
        LossCall<T> call = entry.For(samples);
        var cache = new Cache<T>();
        double loss = double.CreateChecked(call.Forward(entry.Prediction(samples), isWeighted ? LossEntry<T>.Weights(samples, 1) : null, cache));
        return (loss, [.. call.Backward(T.One, cache).AsSpan().ToArray().Select(double.CreateChecked)]);
    }
}
