using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>The band of the first loss against all assignments of labels to columns, one by one.</summary>
internal sealed class ChanceBandTests
{
    private static readonly int[] Labels = [0, 0, 3, 1, 0, 3];

    [TestCase(0)]
    [TestCase(0.1)]
    public void Of_SixSamplesOfFourClasses_IsMeanAndDeviationOverAllPermutations(double smoothing)
    {
        Matrix<double> logits = 3 * Some.Matrix<double>(6, 4);
        var loss = new SoftmaxCrossEntropy<double>(smoothing);
        double[] losses = [.. Permutations(4).Select(order => loss.Forward(logits, Labels.Select(label => order[label]).ToArray()))];
        losses.Length.ShouldBe(24);

        ChanceBand band = ChanceBand.Of(logits, Labels, loss);

        double mean = losses.Average();
        band.Mean.ShouldBe(mean, 1e-12);
        band.Deviation.ShouldBe(Math.Sqrt(losses.Average(value => (value - mean) * (value - mean))), 1e-12);
    }

    // What a label counts goes with the label, whichever column it is given.
    [Test]
    public void Of_WeightsOfClasses_IsThatOfTheWeightedMean()
    {
        Matrix<double> logits = 3 * Some.Matrix<double>(6, 4);
        double[] weights = [1, 2, 5, 0.5];
        double[] losses =
        [
            .. Permutations(4).Select(order => new SoftmaxCrossEntropy<double>(classWeights: [.. Enumerable.Range(0, 4).Select(j => weights[Array.IndexOf(order, j)])])
                .Forward(logits, Labels.Select(label => order[label]).ToArray())),
        ];

        ChanceBand band = ChanceBand.Of(logits, Labels, new SoftmaxCrossEntropy<double>(classWeights: weights));

        double mean = losses.Average();
        band.Mean.ShouldBe(mean, 1e-12);
        band.Deviation.ShouldBe(Math.Sqrt(losses.Average(value => (value - mean) * (value - mean))), 1e-12);
    }

    // Rows [a −a]: deviation a; ln(e^a + e^−a) for each.
    [Test]
    public void Of_TwoClasses_IsByHand()
    {
        Matrix<double> logits = Matrix<double>.Build.DenseOfArray(new double[,] { { 2, -2 }, { -2, 2 } });

        ChanceBand band = ChanceBand.Of(logits, [0, 1], new SoftmaxCrossEntropy<double>());

        band.LogitDeviation.ShouldBe(2, 1e-12);
        band.Mean.ShouldBe(Math.Log(Math.Exp(2) + Math.Exp(-2)), 1e-12);
        band.Deviation.ShouldBe(2, 1e-12);
    }

    [Test]
    public void Of_EqualLogits_IsTheLogarithmOfTheClasses()
    {
        ChanceBand band = ChanceBand.Of(Matrix<double>.Build.Dense(3, 2 * 5, 1e4), [0, 1, 2, 3, 4, 0], new SoftmaxCrossEntropy<double>(positions: 2));

        band.Mean.ShouldBe(Math.Log(5), 1e-9);
        band.Deviation.ShouldBe(0);
        band.LogitDeviation.ShouldBe(0);
    }

    private static IEnumerable<int[]> Permutations(int count) => count == 0 ? [[]]
        : from rest in Permutations(count - 1)
          from place in Enumerable.Range(0, count)
          select (int[])[.. rest[..place], count - 1, .. rest[place..]];
}
