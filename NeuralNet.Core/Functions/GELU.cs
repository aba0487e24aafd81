using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>x·Φ(x)</c> with the normal distribution Φ and its density φ, with the local gradient <c>Φ(x) + x·φ(x)</c>; or its form with tanh,
/// <c>x·σ(2u) = ½x(1 + tanh u)</c>, <c>u = √(2/π)·(x + 0.044715·x³)</c>, with the local gradient <c>σ(2u) + x·σ(2u)·(1 − σ(2u))·(2u)′</c>.</summary>
/// <remarks>The form with tanh differs from the exact one by less than 5·10⁻⁴: it is for models that were trained with it. Minus infinity gives 0,
/// the limit. Source: Hendrycks and Gimpel (2016), section 2.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="tanh">Whether it is the form with tanh.</param>
public sealed class GELU<T>(bool tanh = false) : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether it is the form with tanh; false, the exact one, by default.</summary>
    public bool IsTanh => tanh;

    /// <inheritdoc/>
    public override string Name => tanh ? "GELU(tanh)" : "GELU";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("tanh", tanh));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => tanh ? $@"{x}\,{Logistic(x)}" : $@"{x}\,\Phi({x})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => tanh
        ? $@"{Logistic(x)} + {x}\,{Logistic(x)}\,(1 - {Logistic(x)})\,\sqrt{{\frac{{8}}{{\pi}}}}\,(1 + 0.134145 {x}^2)"
        : $@"\Phi({x}) + {x}\,\varphi({x})";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y)
    {
        if (tanh)
        {
            ElementwisePass<T, TanhGaussianLinear<T>>.Run(default, x, y);
        }
        else
        {
            ElementwisePass<T, GaussianLinear<T>>.Run(default, x, y);
        }
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream)
    {
        if (tanh)
        {
            ElementwisePass<T, TanhGaussianLinearBackward<T>>.Run(default, upstream, x, downstream);
        }
        else
        {
            ElementwisePass<T, GaussianLinearBackward<T>>.Run(default, upstream, x, downstream);
        }
    }

    private static string Logistic(string x) => $@"\sigma(\sqrt{{\frac{{8}}{{\pi}}}}\,({x} + 0.044715 {x}^3))";
}
