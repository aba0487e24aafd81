using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Which epochs of a curve are drawn.</summary>
internal sealed class ReportCurveTests
{
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(600)]
    public void DrawnEpochs_FewEpochs_AreAll(int epochs) => Drawn(epochs, 1).ShouldBe(Enumerable.Range(0, epochs));

    // 1,200 epochs are 300 pieces of four; the first and the last epoch are drawn in any case. Of equal numbers the first is, and what is not finite never stands for
    // a piece that has numbers.
    [TestCase(new[] { 2.0, 1, 3, 2 }, new[] { 1, 2 })]
    [TestCase(new[] { 2.0, 3, 1, 2 }, new[] { 1, 2 })]
    [TestCase(new[] { 1.0, 3, 1, 3 }, new[] { 0, 1 })]
    [TestCase(new[] { 3.0, 1, 3, 1 }, new[] { 0, 1 })]
    [TestCase(new[] { 1.0, 2, 3, 4 }, new[] { 0, 3 })]
    [TestCase(new[] { double.NaN, 2, 1, 3 }, new[] { 2, 3 })]
    [TestCase(new[] { 2, double.PositiveInfinity, double.NegativeInfinity, 1 }, new[] { 0, 3 })]
    [TestCase(new[] { double.NaN, double.NaN, double.NaN, double.NaN }, new[] { 0 })]
    public void DrawnEpochs_ManyEpochs_AreTheSmallestAndTheLargestOfEachPiece(double[] piece, int[] drawn)
    {
        SortedSet<int> expected = [0, 1199, .. Enumerable.Range(0, 300).SelectMany(i => drawn.Select(place => (4 * i) + place))];

        Drawn(1200, piece).ShouldBe(expected);
    }

    private static IReadOnlyList<int> Drawn(int epochs, params double[] piece) =>
        new Curve("loss", "a", [.. Enumerable.Range(0, epochs).Select(epoch => piece[epoch % piece.Length])]).DrawnEpochs();
}
