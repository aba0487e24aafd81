using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>An element-wise operation with what is expected of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">Runs it: source (for a backward pass the input, with an upstream of ones), target.</param>
/// <param name="Expected">The same in double, from functions of <see cref="Math"/>.</param>
/// <param name="Low">Where values are taken from.</param>
/// <param name="High">Where they are taken to.</param>
/// <param name="Units">The largest error, in units of the last place of what is expected.</param>
/// <param name="Floor">The magnitude below which the units become no smaller.</param>
/// <param name="Limits">What is expected at −∞, −10⁴, ±0, 10⁴ and ∞.</param>
internal sealed record ElementwiseCase<T>(
    string Name, Action<T[], T[]> Run, Func<double, double> Expected, double Low, double High, double Units, double Floor, double[] Limits)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Far = double.PositiveInfinity;

    /// <summary>All of them.</summary>
    public static IEnumerable<ElementwiseCase<T>> All =>
    [
        Of<Exponentiate<T>>(Math.Exp, -80, 80, 1.5, 0, [0, 0, 1, Far, Far]),
        Of<Logarithm<T>>(Math.Log, 0.001, 80, 2, 0, [double.NaN, double.NaN, -Far, 9.2103403719761836, Far]),
        Of<HyperbolicTangent<T>>(Math.Tanh, -20, 20, 4, 0, [-1, -1, 0, 1, 1]),
        Of<ExponentialLinear<T>>(x => x > 0 ? x : ExpMinusOne(x) / 2, -45, 2, 4, 0, [-0.5, -0.5, 0, 1e4, Far], new(T.CreateChecked(0.5))),
        Of<ExponentialLinearBackward<T>>(x => x > 0 ? 1 : Math.Exp(x) / 2, -45, 2, 2, 0, [0, 0, 0.5, 1, 1], new(T.CreateChecked(0.5))),
        Of<LeakyRectify<T>>(x => x > 0 ? x : x / 2, -20, 20, 0, 0, [-Far, -5e3, 0, 1e4, Far], new(T.CreateChecked(0.5))),
        Of<SoftRectify<T>>(x => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))), -80, 80, 3, 0, [0, 0, Math.Log(2), 1e4, Far]),
        Of<SoftRectifyBackward<T>>(x => 1 / (1 + Math.Exp(-x)), -40, 40, 5, 0, [0, 0, 0.5, 1, 1]),
        Of<SigmoidLinear<T>>(x => x / (1 + Math.Exp(-x)), -80, 80, 5, 0, [0, 0, 0, 1e4, Far]),
        Of<SigmoidLinearBackward<T>>(x => SlopeOf(x, x, 1), -80, 80, 3, 1, [0, 0, 0.5, 1, 1]),
        Of<GaussianLinear<T>>(x => x * Normal(x), -4, 10, 40, 0, [0, 0, 0, 1e4, Far]),
        Of<GaussianLinearBackward<T>>(x => Normal(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)), -20, 10, 4, 1, [0, 0, 0.5, 1, 1]),
        Of<TanhGaussianLinear<T>>(x => x / (1 + Math.Exp(-Inner(x))), -3, 10, 24, 0, [0, 0, 0, 1e4, Far]),
        Of<TanhGaussianLinearBackward<T>>(
            x => SlopeOf(x, Inner(x), Math.Sqrt(8 / Math.PI) * (1 + (3 * 0.044715 * x * x))), -20, 10, 24, 1, [0, 0, 0.5, 1, 1]),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ElementwiseCase<T> Of<TOperation>(
        Func<double, double> expected, double low, double high, double units, double floor, double[] limits, TOperation operation = default)
        where TOperation : struct, IElementwiseOperation<T>
    {
        return new(typeof(TOperation).Name[..^2], Run, expected, low, high, units, floor, limits);

        void Run(T[] source, T[] target)
        {
            T[] upstream = [.. Enumerable.Repeat(T.One, source.Length)];
            if (TOperation.Inputs == 2)
            {
                ElementwisePass<T, TOperation>.Run(operation, upstream, source, target);
            }
            else
            {
                ElementwisePass<T, TOperation>.Run(operation, source, target);
            }
        }
    }

    // x·σ(z) by x, where z grows with the slope given.
    private static double SlopeOf(double x, double z, double slope) =>
        (1 / (1 + Math.Exp(-z))) + (x * slope * Math.Exp(-Math.Abs(z)) / Math.Pow(1 + Math.Exp(-Math.Abs(z)), 2));

    private static double Inner(double x) => Math.Sqrt(8 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double ExpMinusOne(double x) => 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    // ln(w) with w = 1 + u rounded, and what the rounding lost.
    private static double LogOnePlus(double u) => Math.Log(1 + u) + ((u - (1 + u - 1)) / (1 + u));

    private static double Normal(double x) =>
        x < 0 ? MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2)) / 2 : 1 - (MathNet.Numerics.SpecialFunctions.Erfc(x / Math.Sqrt(2)) / 2);
}
