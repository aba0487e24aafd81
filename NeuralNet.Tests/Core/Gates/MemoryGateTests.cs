using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>The gates of a memory and its addressing at their extremes, and what they refuse.</summary>
internal sealed class MemoryGateTests
{
    [Test]
    public void CosineSimilarity_ZerosInMemoryAndKey_AreSimilarToNothingAndHaveASlope()
    {
        var gate = new CosineSimilarityGate<double>(1e-2);
        Matrix<double> memory = Matrices.FromRows<double>([0, 0, 3, 4], [1, 2, 0, 0]), key = Matrices.FromRows<double>([1, 0], [0, 0]);
        Matrix<double> similarity = gate.Forward(memory, key, new Cache<double>());

        similarity[0, 0].ShouldBe(0);
        similarity[0, 1].ShouldBe(3 / Math.Sqrt(25.01 * 1.01), 1e-15);
        similarity.Row(1).ShouldAllBe(value => value == 0);
        GradientCheck.Function(DifferentiableFunction<double>.OfGate(gate, [memory, key], new Cache<double>())).WorstError.ShouldBeLessThanOrEqualTo(1e-7);
    }

    [Test]
    public void CosineSimilarity_MemoryOfTinyNumbers_IsFiniteInFloatAndSoAreItsGradients()
    {
        var gate = new CosineSimilarityGate<float>();
        var cache = new Cache<float>();
        Matrix<float> memory = Matrix<float>.Build.Dense(3, 40, 1e-6f), key = Some.Matrix<float>(3, 20);
        gate.Forward(memory, key, cache).Enumerate().ShouldAllBe(value => MathF.Abs(value) <= 1);
        (Matrix<float> dMemory, Matrix<float> dKey) = gate.Backward(Some.Matrix<float>(3, 2, 2), cache);
        dMemory.Enumerate().ShouldAllBe(value => float.IsFinite(value));
        dKey.Enumerate().ShouldAllBe(value => float.IsFinite(value));
    }

    // The formula in powers, which hold here; quotients do not resolve entries whose share is 1e-12.
    [TestCase(20)]
    [TestCase(300)]
    public void Sharpen_LargePower_HasTheGradientsOfTheFormula(double power)
    {
        double[] w = [0.24, 0.25, 0.26, 0.25], g = [1, -2, 0.5, 3], raised = [.. w.Select(weight => Math.Pow(weight, power))], z = [.. raised.Select(value => value / raised.Sum())];
        double mean = z.Zip(g, (share, upstream) => share * upstream).Sum();
        var cache = new Cache<double>();
        var gate = new SharpenGate<double>();
        gate.Forward([Matrices.FromRows<double>(w), Matrices.FromRows<double>([power])], cache);
        ReadOnlySpan<Matrix<double>?> gradients = gate.Backward(Matrices.FromRows<double>(g), Wanted.All, cache);
        for (int i = 0; i < w.Length; i++)
        {
            double expected = power * z[i] * (g[i] - mean) / w[i];
            gradients[0]![0, i].ShouldBe(expected, 1e-11 * Math.Abs(expected));
        }

        gradients[1]![0, 0].ShouldBe(Enumerable.Range(0, w.Length).Sum(i => z[i] * (g[i] - mean) * Math.Log(w[i])), 1e-12);
    }

    [Test]
    public void Sharpen_WeightsBelowWhatAPowerHolds_KeepTheirRatios()
    {
        Matrix<float> sharpened = new SharpenGate<float>().Forward(
            Matrices.FromRows<float>([1e-30f, 2e-30f, 0]), Matrices.FromRows<float>([3f]), new Cache<float>(training: false));
        sharpened[0, 0].ShouldBe(1f / 9, 1e-6f);
        sharpened[0, 1].ShouldBe(8f / 9, 1e-6f);
        sharpened[0, 2].ShouldBe(0);
    }

    [TestCase(0)]
    [TestCase(-1e-8)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void CosineSimilarity_EpsilonThatIsNone_IsRefused(double epsilon) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new CosineSimilarityGate<double>(epsilon)).ParamName.ShouldBe("epsilon");

    // Above 0 in double, but not in float.
    [Test]
    public void CosineSimilarity_EpsilonThatIsZeroInFloat_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new CosineSimilarityGate<float>(1e-60)).Message.ReplaceLineEndings("\n")
            .ShouldBe("epsilon must be finite and above 0, got 1E-60. (Parameter 'epsilon')\nActual value was 1E-60.");

    [Test]
    public void Forward_ShapesThatDoNotFit_AreNamed()
    {
        Matrix<double> memory = Matrices.Zeros<double>(2, 12);
        Refused(new CosineSimilarityGate<double>(), "cosine similarity expects memories [N×(R·W)] and keys [N×W], got [2×12] and [2×5]", memory, Matrices.Zeros<double>(2, 5));
        Refused(new CosineSimilarityGate<double>(), "[2×0]", memory, Matrices.Zeros<double>(2, 0));
        Refused(new ReadMemoryGate<double>(), "read memory expects memories [N×(R·W)] and weightings [N×R], got [2×12] and [3×4]", memory, Matrices.Zeros<double>(3, 4));
        Refused(new WriteMemoryGate<double>(), "weights [N×R] and erase [N×W]; got [2×12], [2×4] and [2×4]", memory, Matrices.Zeros<double>(2, 4), Matrices.Zeros<double>(2, 4), Matrices.Zeros<double>(2, 4));
        Refused(new CircularShiftGate<double>(), "S odd and at most the 12 locations, got [2×4]", memory, Matrices.Zeros<double>(2, 4));
        Refused(new SharpenGate<double>(), "powers must be [2×1], got [2×2]", memory, Matrices.Zeros<double>(2, 2));
        Refused(new ScaleRowsGate<double>(), "factors must be [2×1], got [1×2]", memory, Matrices.Zeros<double>(1, 2));
        Refused(new InterpolateGate<double>(), "y must be [2×12], got [2×11]", Matrices.Zeros<double>(2, 1), memory, Matrices.Zeros<double>(2, 11));
    }

    private static void Refused(Gate<double> gate, string part, params Matrix<double>[] inputs) =>
        Should.Throw<ArgumentException>(() => gate.Forward(inputs, new Cache<double>())).Message.ShouldContain(part);
}
