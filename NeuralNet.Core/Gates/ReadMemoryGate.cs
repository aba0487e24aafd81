using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>What a head reads of a memory, the sum of its locations by a weighting: <c>r_j = Σ_i w_i·M_ij</c>; <c>dM_ij = w_i·dr_j</c>, <c>dw_i = Σ_j dr_j·M_ij</c>; a switcher.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Memory <c>[N×(R·W)]</c>, entry j of location i of a sample being column <c>i·W + j</c>, weighting <c>[N×R]</c>, r <c>[N×W]</c>; W is what the columns make of it.</para>
/// <para><b>Cached.</b> Both inputs. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>. <b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equation 2.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReadMemoryGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "read memory";

    /// <inheritdoc/>
    public override string Symbol => "read";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        if (x.RowCount != y.RowCount || y.ColumnCount == 0 || x.ColumnCount == 0 || x.ColumnCount % y.ColumnCount > 0)
        {
            throw new ArgumentException($"{this} expects memories [N×(R·W)] and weightings [N×R], got {x.Shape()} and {y.Shape()}.");
        }

        Matrix<T> z = cache.Buffer(0, x.RowCount, x.ColumnCount / y.ColumnCount);
        MemoryOperations.Read(x, y, z);
        return z;
    }

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        MemoryOperations.ReadBackward(upstream, x, y, dx, adds: false, dy);
        return (dx, dy);
    }
}
