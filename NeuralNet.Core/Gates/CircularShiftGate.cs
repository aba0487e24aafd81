using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>A weighting moved around the circle of its locations, by k − (S − 1)/2 of them with share s_k: the circular convolution <c>z_i = Σ_k s_k·w_(i − k + (S − 1)/2 mod R)</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> w and z <c>[N×R]</c>, s <c>[N×S]</c>, S odd and at most R. Of three shares the first moves the weighting back by one location, the second leaves it, the third moves
/// it on.</para>
/// <para><b>Gradients.</b> <c>dw_i = Σ_k s_k·dz_(i + k − (S − 1)/2)</c>, <c>ds_k = Σ_i dz_i·w_(i − k + (S − 1)/2)</c>, indices modulo R.</para>
/// <para><b>Cached.</b> Both inputs. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>. <b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equation 8.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CircularShiftGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "circular shift";

    /// <inheritdoc/>
    public override string Symbol => "shift";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        Matrix<T> z = cache.Buffer(0, x.RowCount, x.ColumnCount);
        WeightingOperations.Shift(x, y, z);
        return z;
    }

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        WeightingOperations.ShiftBackward(upstream, x, y, dx, dy);
        return (dx, dy);
    }
}
