using System.Numerics;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Functions;

/// <summary><c>x^p</c> for a constant p, with the local gradient <c>p·x^(p−1)</c>.</summary>
/// <remarks>Below zero there is a value for whole p only; otherwise the result is NaN.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="exponent">p, a finite number.</param>
/// <exception cref="ArgumentOutOfRangeException">p is not finite.</exception>
public sealed class Power<T>(T exponent) : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _exponent = FiniteConstant.Of(exponent, "Power", nameof(exponent));

    /// <summary>The constant p.</summary>
    public T Exponent => _exponent;

    /// <inheritdoc/>
    public override string Name => "power";

    /// <inheritdoc/>
    public override string Symbol => $"^{NumberText.Of(_exponent)}";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("exponent", _exponent));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $"{x}^{{{Latex.Number(_exponent)}}}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $"{Latex.Number(_exponent)} {x}^{{{Latex.Number(_exponent - T.One)}}}";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Pow(x[i], _exponent);
        }
    }

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream)
    {
        // 0·x^−1 has no value at 0, the slope of x⁰ has: 0.
        if (_exponent == T.Zero)
        {
            downstream[..x.Length].Clear();
            return;
        }

        for (int i = 0; i < x.Length; i++)
        {
            downstream[i] = upstream[i] * (_exponent * T.Pow(x[i], _exponent - T.One));
        }
    }
}
