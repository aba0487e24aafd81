using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>A weighting made sharper by a power for each row: <c>z_i = w_i^γ / Σ_k w_k^γ</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> w and z <c>[N×R]</c>, γ <c>[N×1]</c>. <b>Range.</b> w 0 or more, γ 1 or more; z sums to 1.</para>
/// <para><b>Gradients.</b> With <c>t_i = z_i·(dz_i − Σ_k dz_k·z_k)</c>, <c>dw_i = γ·t_i/w_i</c> and <c>dγ = Σ_i t_i·ln w_i</c>.</para>
/// <para><b>Extremes.</b> Powers are taken by logarithms with the largest taken out, so a large γ loses nothing. A weight of 0 stays 0; its <c>z_i/w_i</c> is the limit, 0 for γ above 1 and
/// <c>1/Σ_k w_k</c> for γ = 1. A row of zeros alone has no such weighting: NaN.</para>
/// <para><b>Cached.</b> w, γ and z. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>. <b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equation 9.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SharpenGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "sharpen";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        Matrix<T> z = cache.Buffer(0, x.RowCount, x.ColumnCount);
        WeightingOperations.Sharpen(x, y, z);
        return z;
    }

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        WeightingOperations.SharpenBackward(upstream, x, y, z, dx, dy);
        return (dx, dy);
    }
}
