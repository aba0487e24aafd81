using NeuralNet.Core.GradientChecking.Diagnosis;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>The activations that layers of a chain may have: values, slopes, and the wrong slopes that have a name.</summary>
internal sealed class ChainActivationTests
{
    private static readonly Matrix<double> Z = Rows([-2, -0.5, 0], [0.25, 1, 3]), U = Rows([1, -2, 3], [-4, 5, -6]);

    private static IEnumerable<TestCaseData> Known()
    {
        yield return new(0, "identity", (double z) => z, (double z) => 1.0);
        yield return new(1, "tanh", (double z) => Math.Tanh(z), (double z) => 1 / (Math.Cosh(z) * Math.Cosh(z)));
        yield return new(2, "sigmoid", (double z) => 1 / (1 + Math.Exp(-z)), (double z) => SlopeOfSigmoid(z));
        yield return new(3, "ReLU", (double z) => z < 0 ? 0 : z, (double z) => z <= 0 ? 0.0 : 1);
        yield return new(4, "leaky ReLU", (double z) => z < 0 ? z / 100 : z, (double z) => z <= 0 ? 0.01 : 1);
        yield return new(5, "leaky ReLU", (double z) => z < 0 ? z / 10 : z, (double z) => z <= 0 ? 0.1 : 1);
        yield return new(6, "softplus", (double z) => Math.Log(1 + Math.Exp(z)), (double z) => Math.Exp(z) / (1 + Math.Exp(z)));
        yield return new(7, "square", (double z) => z * z, (double z) => 2 * z);
    }

    [TestCaseSource(nameof(Known))]
    public void Hidden_ValueAndSlope_AreThoseOfItsName(int index, string name, Func<double, double> value, Func<double, double> slope)
    {
        ChainActivation activation = ChainActivation.Hidden[index];
        Matrix<double> y = activation.Value(Z);

        activation.Name.ShouldBe(name);
        ShouldBeNear(y, Z.Map(value, Zeros.Include));
        ShouldBeNear(activation.Back(U, Z, y), U.PointwiseMultiply(Z.Map(slope, Zeros.Include)));
    }

    [Test]
    public void Hidden_Activations_AreEight() => ChainActivation.Hidden.Count.ShouldBe(8);

    // ∂pⱼ/∂zₖ = pⱼ(δⱼₖ − pₖ).
    [Test]
    public void Softmax_ValueAndWayBack_AreThoseOfEachRow()
    {
        Matrix<double> p = Softmax(Z);

        ChainActivation.Softmax.Name.ShouldBe("softmax");
        ShouldBeNear(ChainActivation.Softmax.Value(Z), p);
        ShouldBeNear(
            ChainActivation.Softmax.Back(U, Z, p),
            Z.MapIndexed((i, k, _) => Enumerable.Range(0, 3).Sum(j => U[i, j] * p[i, j] * ((j == k ? 1 : 0) - p[i, k])), Zeros.Include));
    }

    private static IEnumerable<TestCaseData> Mistaken()
    {
        yield return new(0, (string[])[], (Func<double, double, double>[])[]);
        yield return new(
            1,
            (string[])["1 − tanh instead of 1 − tanh²", "1 − z² instead of 1 − tanh²: the formula wants the output of tanh", "tanh's derivative is taken at its output"],
            (Func<double, double, double>[])[(_, y) => 1 - y, (z, _) => 1 - (z * z), (_, y) => 1 / (Math.Cosh(y) * Math.Cosh(y))]);
        yield return new(
            2,
            (string[])["σ instead of σ(1 − σ)", "1 − σ instead of σ(1 − σ)",
                "z(1 − z) instead of σ(1 − σ): the formula wants the sigmoid's output", "the sigmoid's derivative is taken at its output"],
            (Func<double, double, double>[])[(_, y) => y, (_, y) => 1 - y, (z, _) => z * (1 - z), (_, y) => SlopeOfSigmoid(y)]);
        yield return new(4, (string[])["the slope on the negative side of the leaky ReLU is left out"], (Func<double, double, double>[])[(z, _) => z <= 0 ? 0 : 1]);
        yield return new(5, (string[])["the slope on the negative side of the leaky ReLU is left out"], (Func<double, double, double>[])[(z, _) => z <= 0 ? 0 : 1]);
        yield return new(6, (string[])[], (Func<double, double, double>[])[]);
        yield return new(7, (string[])[], (Func<double, double, double>[])[]);
    }

    [TestCaseSource(nameof(Mistaken))]
    public void Mistakes_OfHidden_AreWrongSlopesWithWords(int index, string[] words, Func<double, double, double>[] slopes)
    {
        ChainActivation activation = ChainActivation.Hidden[index];
        Matrix<double> y = activation.Value(Z);

        activation.Mistakes().Select(mistake => mistake.Words).ShouldBe(words);
        foreach ((Matrix<double> back, Func<double, double, double> slope) in activation.Mistakes().Select(mistake => mistake.Back(U, Z, y)).Zip(slopes))
        {
            ShouldBeNear(back, U.MapIndexed((i, j, u) => u * slope(Z[i, j], y[i, j]), Zeros.Include));
        }
    }

    [Test]
    public void Mistakes_OfReluAndSoftmax_AreTheMaskOfUpstreamAndTheDiagonal()
    {
        ChainActivation relu = ChainActivation.Hidden[3];
        Matrix<double> p = Softmax(Z);

        relu.Mistakes().Single().Words.ShouldBe("the mask of the ReLU is taken from the sign of upstream");
        ShouldBeNear(relu.Mistakes().Single().Back(U, Z, relu.Value(Z)), Rows([1, 0, 3], [0, 5, 0]));
        ChainActivation.Softmax.Mistakes().Single().Words.ShouldBe("only the diagonal p(1 − p) of the softmax");
        ShouldBeNear(ChainActivation.Softmax.Mistakes().Single().Back(U, Z, p), U.MapIndexed((i, j, u) => u * p[i, j] * (1 - p[i, j])));
    }

    private static double SlopeOfSigmoid(double z) => Math.Exp(-z) / Math.Pow(1 + Math.Exp(-z), 2);

    private static void ShouldBeNear(Matrix<double> one, Matrix<double> other) => (one - other).L2Norm().ShouldBeLessThan(1e-12 * (1 + other.L2Norm()));
}
