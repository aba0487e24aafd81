using System.Numerics;
using NeuralNet.Core.Functions;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Functions;

/// <summary>A function with its values from elsewhere and the largest error it may have: a row of the table in docs/accuracy.md.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="OfFloat">The function in float.</param>
/// <param name="OfDouble">The function in double.</param>
/// <param name="InDouble">Its values for float, in double by functions of <see cref="Math"/> in a form that cancels nowhere.</param>
/// <param name="Exactly">Its values for double, by <see cref="Wide"/>.</param>
/// <param name="Low">Where double is measured from; in float it is the whole range that has values.</param>
/// <param name="High">Where to.</param>
/// <param name="FloatUnits">The largest error in float, in units of the last place of the result.</param>
/// <param name="DoubleUnits">The largest error in double.</param>
internal sealed record AccuracyCase(
    string Name, Function<float> OfFloat, Function<double> OfDouble, Func<double, double> InDouble, Func<BigInteger, BigInteger> Exactly,
    double Low, double High, double FloatUnits, double DoubleUnits)
{
    /// <summary>The largest error in float where e^x or the result is subnormal: such numbers have fewer digits.</summary>
    public double SubnormalUnits { get; init; } = FloatUnits;

    /// <summary>All of them.</summary>
    public static IEnumerable<AccuracyCase> All =>
    [
        new("e^x", new Exp<float>(), new Exp<double>(), Math.Exp, Wide.Exp, -745, 709, 1.5, 1.5),
        new("σ(x)", new Sigmoid<float>(), new Sigmoid<double>(), Logistic, x => Wide.Over(Wide.One, Wide.One + Wide.Exp(-x)), -700, 40, 2.5, 2.5),
        new("tanh x", new Tanh<float>(), new Tanh<double>(), Math.Tanh, Tanh, -20, 20, 3, 3),
        new("ELU", new ELU<float>(), new ELU<double>(), x => x > 0 ? x : ExpMinusOne(x), x => x > 0 ? x : Wide.Exp(x) - Wide.One, -40, 10, 2, 2),
        new("softplus", new Softplus<float>(), new Softplus<double>(), Softplus, x => Wide.LogOnePlus(Wide.Exp(x)), -700, 40, 2, 2),
        new("SiLU", new SiLU<float>(), new SiLU<double>(), x => x * Logistic(x), x => Wide.Times(x, Wide.Over(Wide.One, Wide.One + Wide.Exp(-x))), -700, 40, 3, 2.5) { SubnormalUnits = 53 },
        new("GELU", new GELU<float>(), new GELU<double>(), x => x * Normal(x), x => Wide.Times(x, Wide.Normal(x)), -12, 10, 10, 10),
        new("ln x", new Log<float>(), new Log<double>(), Math.Log, Wide.Log, 1e-3, 1e3, 2, 2),
        new("√x", new SquareRoot<float>(), new SquareRoot<double>(), Math.Sqrt, Wide.Root, 1e-3, 1e3, 0.5001, 0.5001),
        new("x^2.5", new Power<float>(2.5f), new Power<double>(2.5), x => Math.Pow(x, 2.5), x => Wide.Times(Wide.Times(x, x), Wide.Root(x)), 1e-3, 1e3, 1, 1),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static double Logistic(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    private static double ExpMinusOne(double x) => x < -50 ? -1 : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    // ln(w) with w = 1 + u rounded, and what the rounding lost.
    private static double Softplus(double x)
    {
        double u = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + Math.Log(1 + u) + ((u - (1 + u - 1)) / (1 + u));
    }

    private static double Normal(double x) =>
        x < 0 ? MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2 : 1 - (MathNet.Numerics.SpecialFunctions.Erfc(x / Math.Sqrt(2)) / 2);

    private static BigInteger Tanh(BigInteger x)
    {
        BigInteger t = Wide.Exp(-2 * BigInteger.Abs(x));
        return x.Sign * Wide.Over(Wide.One - t, Wide.One + t);
    }
}
