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
