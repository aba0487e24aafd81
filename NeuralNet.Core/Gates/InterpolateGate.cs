using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>Between two matrices, by a share for each row: <c>z_ij = g_i·x_ij + (1 − g_i)·y_ij</c>; <c>dg_i = Σ_j dz_ij·(x_ij − y_ij)</c>, <c>dx_ij = g_i·dz_ij</c>, <c>dy_ij = (1 − g_i)·dz_ij</c>; a switcher.</summary>
/// <remarks>
/// <para><b>Inputs.</b> g <c>[N×1]</c>, from 0 to 1; x and y <c>[N×C]</c>, as z. <b>Cached.</b> The inputs. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// <para><b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equation 7.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class InterpolateGate<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override int? InputCount => 3;

    /// <inheritdoc/>
    public override string Name => "interpolate";

    /// <inheritdoc/>
    public override string Symbol => "lerp";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, inputs[1].RowCount, inputs[1].ColumnCount);
        WeightingOperations.Interpolate(inputs[0], inputs[1], inputs[2], output);
        return output;
    }

    /// <inheritdoc/>
    protected override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            downstream[i] = wanted[i] ? cache.Buffer(1 + i, inputs[i].RowCount, inputs[i].ColumnCount) : null;
        }

        WeightingOperations.InterpolateBackward(upstream, inputs[0], inputs[1], inputs[2], downstream[0], downstream[1], downstream[2]);
    }
}
