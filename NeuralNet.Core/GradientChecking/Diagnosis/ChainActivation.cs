using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>An activation that a layer of a <see cref="ChainModel"/> may have.</summary>
/// <param name="Name">What a diagnosis calls it.</param>
/// <param name="Value">The output for the input.</param>
/// <param name="Back">From upstream, input and output to the gradient by the input.</param>
internal sealed record ChainActivation(
    string Name, Func<Matrix<double>, Matrix<double>> Value, Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> Back)
{
    public static ChainActivation Identity { get; } = new("identity", z => z, (u, _, _) => u);

    public static ChainActivation Sigmoid { get; } = OfNumber("sigmoid", z => 1 / (1 + Math.Exp(-z)), (_, y) => y * (1 - y));

    public static ChainActivation Tanh { get; } = OfNumber("tanh", Math.Tanh, (_, y) => 1 - (y * y));

    public static ChainActivation Softmax { get; } = new("softmax", SoftmaxOf, (u, _, y) =>
    {
        Vector<double> sums = u.PointwiseMultiply(y).RowSums();
        return y.MapIndexed((i, j, p) => p * (u[i, j] - sums[i]), Zeros.Include);
    });

    /// <summary>Those of hidden layers.</summary>
    public static IReadOnlyList<ChainActivation> Hidden { get; } =
    [
        Identity, Tanh, Sigmoid,
        OfNumber("ReLU", z => Math.Max(z, 0), (z, _) => z > 0 ? 1 : 0),
        OfNumber("leaky ReLU", z => z > 0 ? z : 0.01 * z, (z, _) => z > 0 ? 1 : 0.01),
        OfNumber("leaky ReLU", z => z > 0 ? z : 0.1 * z, (z, _) => z > 0 ? 1 : 0.1),
        OfNumber("softplus", z => Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))), (z, _) => 1 / (1 + Math.Exp(-z))),
        OfNumber("square", z => z * z, (z, _) => 2 * z),
    ];

    /// <summary>Wrong ways back through this activation that people write.</summary>
    public IEnumerable<(string Words, Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> Back)> Mistakes()
    {
        if (ReferenceEquals(this, Sigmoid))
        {
            yield return ("σ instead of σ(1 − σ)", Slope((_, y) => y));
            yield return ("1 − σ instead of σ(1 − σ)", Slope((_, y) => 1 - y));
            yield return ("z(1 − z) instead of σ(1 − σ): the formula wants the sigmoid's output", Slope((z, _) => z * (1 - z)));
            yield return ("the sigmoid's derivative is taken at its output", Slope((_, y) => Math.Exp(-y) / ((1 + Math.Exp(-y)) * (1 + Math.Exp(-y)))));
        }
        else if (ReferenceEquals(this, Tanh))
        {
            yield return ("1 − tanh instead of 1 − tanh²", Slope((_, y) => 1 - y));
            yield return ("1 − z² instead of 1 − tanh²: the formula wants the output of tanh", Slope((z, _) => 1 - (z * z)));
            yield return ("tanh's derivative is taken at its output", Slope((_, y) => 1 - (Math.Tanh(y) * Math.Tanh(y))));
        }
        else if (ReferenceEquals(this, Softmax))
        {
            yield return ("only the diagonal p(1 − p) of the softmax", Slope((_, p) => p * (1 - p)));
        }
        else if (Name == "leaky ReLU")
        {
            yield return ("the slope on the negative side of the leaky ReLU is left out", Slope((z, _) => z > 0 ? 1 : 0));
        }
        else if (Name == "ReLU")
        {
            yield return ("the mask of the ReLU is taken from the sign of upstream", (u, _, _) => u.Map(v => Math.Max(v, 0)));
        }
    }

    private static ChainActivation OfNumber(string name, Func<double, double> value, Func<double, double, double> slope) =>
        new(name, z => z.Map(value, Zeros.Include), Slope(slope));

    private static Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> Slope(Func<double, double, double> slope) =>
        (u, z, y) => u.MapIndexed((i, j, v) => v * slope(z[i, j], y[i, j]), Zeros.Include);

    private static Matrix<double> SoftmaxOf(Matrix<double> z)
    {
        double[] largest = [.. z.EnumerateRows().Select(row => row.Maximum())];
        Matrix<double> e = z.MapIndexed((i, _, v) => Math.Exp(v - largest[i]), Zeros.Include);
        Vector<double> sums = e.RowSums();
        return e.MapIndexed((i, _, v) => v / sums[i], Zeros.Include);
    }
}
