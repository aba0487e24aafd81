using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>Losses of one's own: what they keep is theirs to choose.</summary>
internal sealed class OwnLossTests
{
    [Test]
    public void Forward_KeepsMatricesOfOtherShapes_FindsThemInBackward() =>
        GradientCheck.Loss<int>(new SquaredColumnMeans(), Some.Matrix<double>(5, 3), 0).ThrowIfFailed();

    [Test]
    public void Forward_KeepsNothing_SaysSo()
    {
        var loss = new Forgetful();
        Should.Throw<InvalidOperationException>(() => loss.Forward(Some.Matrix<double>(2, 2), 0, new Cache<double>()))
            .Message.ShouldBe("Forgetful kept nothing for its backward pass: its ForwardCore must call cache.Keep(this, …).");
        loss.Forward(Some.Matrix<double>(2, 2), 0).ShouldBe(1); // Without a backward pass there is nothing to keep.
    }

    [Test]
    public void Forward_CacheThatTrainsButDoesNotKeep_GivesTheLoss() =>
        new SquaredColumnMeans().Forward(Matrix<double>.Build.Dense(2, 1, 3), 0, new Cache<double>(training: true, keeps: false)).ShouldBe(9); // ((3 + 3)/2)²

    [Test]
    public void Forward_CacheOfEvaluationThatKeeps_ChecksThatSomethingIsKept() =>
        Should.Throw<InvalidOperationException>(() => new Forgetful().Forward(Some.Matrix<double>(2, 2), 0, new Cache<double>(training: false, keeps: true)));

    [Test]
    public void Forward_WeightsForALossThatKnowsNone_SaysSoInsteadOfIgnoringThem()
    {
        var loss = new SquaredColumnMeans();
        var cache = new Cache<double>();
        Should.Throw<NotSupportedException>(() => loss.Forward(Some.Matrix<double>(2, 2), 0, Matrix<double>.Build.Dense(2, 1, 1), cache)).Message
            .ShouldBe("SquaredColumnMeans knows no weights, got [2×1]. Leave them out, or override ForwardCore with weights in it, or derive the loss from SampleLoss.");
        Should.Throw<InvalidOperationException>(() => loss.Backward(cache));
        loss.Forward(Matrix<double>.Build.Dense(2, 1, 3), 0, null, cache).ShouldBe(9);
    }

    // Σ wᵢ·xᵢ² / Σ wᵢ = (1·4 + 3·1)/4, and its gradient 2wᵢxᵢ/Σ wᵢ; without weights (4 + 1)/2.
    [Test]
    public void SampleLoss_OfOnesOwn_HasMeansAndWeights()
    {
        var loss = new OwnSampleLoss();
        var cache = new Cache<double>();
        Matrix<double> prediction = Matrix<double>.Build.Dense(2, 1, [2, 1]);
        loss.Forward(prediction, 0, cache).ShouldBe(2.5);
        loss.Backward(cache).ToColumnMajorArray().ShouldBe([2.0, 1]);
        loss.Forward(prediction, 0, Matrix<double>.Build.Dense(2, 1, [1, 3]), cache).ShouldBe(1.75);
        loss.Backward(cache).ToColumnMajorArray().ShouldBe([1.0, 1.5]);
    }

    private sealed class OwnSampleLoss() : SampleLoss<double, int>(Reduction.Mean)
    {
        public override string ToString() => "OwnSampleLoss";

        protected override void CheckTarget(Matrix<double> prediction, int target)
        {
        }

        protected override void Losses(Matrix<double> prediction, int target, Matrix<double> slopes, Span<double> losses, Cache<double> cache)
        {
            for (int i = 0; i < losses.Length; i++)
            {
                losses[i] = prediction[i, 0] * prediction[i, 0];
                slopes[i, 0] = 2 * prediction[i, 0];
            }
        }
    }

    /// <summary><c>L = Σ_j m_j²</c> of the means m of the columns: keeps the prediction <c>[N×C]</c> and m <c>[1×C]</c>.</summary>
    private sealed class SquaredColumnMeans : Loss<double, int>
    {
        public override string ToString() => "SquaredColumnMeans";

        protected override void CheckTarget(Matrix<double> prediction, int target)
        {
        }

        protected override double ForwardCore(Matrix<double> prediction, int target, Cache<double> cache)
        {
            Matrix<double> means = cache.Buffer(0, 1, prediction.ColumnCount);
            for (int j = 0; j < prediction.ColumnCount; j++)
            {
                means[0, j] = prediction.Column(j).Average();
            }

            cache.Keep(this, prediction, means);
            return means.Row(0).Sum(mean => mean * mean);
        }

        protected override Matrix<double> BackwardCore(double upstream, ReadOnlySpan<Matrix<double>> kept, Cache<double> cache)
        {
            Matrix<double> prediction = kept[0], means = kept[1];
            Matrix<double> gradient = cache.Buffer(1, prediction.RowCount, prediction.ColumnCount);
            gradient.MapIndexedInplace((i, j, _) => upstream * 2 * means[0, j] / prediction.RowCount);
            return gradient;
        }
    }

    private sealed class Forgetful : Loss<double, int>
    {
        public override string ToString() => "Forgetful";

        protected override void CheckTarget(Matrix<double> prediction, int target)
        {
        }

        protected override double ForwardCore(Matrix<double> prediction, int target, Cache<double> cache) => 1;

        protected override Matrix<double> BackwardCore(double upstream, ReadOnlySpan<Matrix<double>> kept, Cache<double> cache) => kept[0];
    }
}
