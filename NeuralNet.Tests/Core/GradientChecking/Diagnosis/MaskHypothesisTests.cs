using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Functions with two slopes, such as a leaky ReLU, whose gradient takes the wrong one.</summary>
internal sealed class MaskHypothesisTests
{
    private const string OfUpstream = "the mask is taken from the sign of upstream instead of its input";

    private static readonly Matrix<double> X = Rows([1, -1, 2, -2]), U = Rows([3, 5, -7, -2]);

    [TestCase(0.2, " (0.2, as of a leaky ReLU)")]
    [TestCase(1, " (1, as of a leaky ReLU)")]
    public void Side_LeftOut_IsNamedWithItsSlope(double slope, string words)
    {
        Test(slope, X, Masked((x, _) => x > 0 ? 1 : 0))
            .ShouldBe(GradientMistake.WrongActivationDerivative, $"the slope on the negative side{words} is left out: the gradient is zero there");
        Test(slope, X, Masked((x, _) => x < 0 ? slope : 0))
            .ShouldBe(GradientMistake.WrongActivationDerivative, "the slope on the positive side (1, as of a leaky ReLU) is left out: the gradient is zero there");
    }

    // Slopes that are not the same everywhere: no number to name.
    [Test]
    public void Side_OfACurve_IsNamedWithoutASlope() =>
        new MaskHypothesis().Test(Evidence.Of(x => x.PointwiseExp(), X, U, U.MapIndexed((i, j, u) => X[i, j] > 0 ? u * Math.Exp(X[i, j]) : 0)))
            .ShouldBe(GradientMistake.WrongActivationDerivative, "the slope on the negative side is left out: the gradient is zero there");

    // Zero belongs to neither side, and is left out with either; without the other side there are no sides.
    [TestCase(1, 0, -1, "negative")]
    [TestCase(-1, 0, 1, "positive")]
    [TestCase(1, 2, 0, null)]
    [TestCase(-1, -2, 0, null)]
    public void Side_EntryOfZero_IsOnNone(double first, double second, double third, string? side)
    {
        Matrix<double> x = Rows([first, second, third]), u = Rows([1, 2, 3]);
        Matrix<double> given = u.MapIndexed((_, j, v) => (side == "negative" ? x[0, j] > 0 : side == "positive" ? x[0, j] < 0 : x[0, j] != 0) ? 0.2 * v : 0);

        GradientDiagnosis? found = new MaskHypothesis().Test(Evidence.Of(v => 0.2 * v, x, u, given));

        (found is null).ShouldBe(side is null);
        found?.Explanation.ShouldBe($"the slope on the {side} side (0.2, as of a leaky ReLU) is left out: the gradient is zero there");
    }

    [Test]
    public void Mask_OfUpstreamOrInverted_IsNamed()
    {
        Test(0.2, X, Masked((_, u) => u > 0 ? 1 : 0.2)).ShouldBe(GradientMistake.WrongMask, OfUpstream);
        Test(0.2, X, Masked((_, u) => u > 0 ? 0.2 : 1)).ShouldBe(GradientMistake.WrongMask, $"{OfUpstream} (and inverted)");
        Test(0.2, X, Masked((x, _) => x > 0 ? 0.2 : 1))
            .ShouldBe(GradientMistake.WrongMask, "the mask is inverted: the two sides of the function are exchanged");
        Test(0.2, X, Masked((_, _) => 0.7)).ShouldBeNull();
    }

    // Upstream is negative where the input is positive: its mask is the inverted one.
    [Test]
    public void Mask_BothFit_IsThatOfUpstream() =>
        new MaskHypothesis().Test(Evidence.Of(v => Leaky(v, 0.2), Rows([1, -1]), Rows([-2, 3]), Rows([-0.4, 3]))).ShouldBe(GradientMistake.WrongMask, OfUpstream);

    [Test]
    public void Mask_ThreeSlopes_AreNone()
    {
        Matrix<double> x = Rows([1, 2, 3]), u = Rows([-1, 2, -3]);

        new MaskHypothesis().Test(Evidence.Of(v => v.MapIndexed((_, j, z) => z * (j + 1)), x, u, Rows([-1, 6, -3]))).ShouldBeNull();
    }

    private static Matrix<double> Leaky(Matrix<double> x, double slope) => x.Map(v => v > 0 ? v : slope * v);

    private static Matrix<double> Masked(Func<double, double, double> slope) => U.MapIndexed((i, j, u) => u * slope(X[i, j], u), Zeros.Include);

    private static GradientDiagnosis? Test(double slope, Matrix<double> x, Matrix<double> given) =>
        new MaskHypothesis().Test(Evidence.Of(v => Leaky(v, slope), x, U, given));
}
