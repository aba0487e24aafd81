using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>A memory after a head has written, each location erased and added to by its weight: <c>M'_ij = M_ij·(1 − w_i·e_j) + w_i·a_j</c>.</summary>
/// <remarks>
/// <para><b>Inputs.</b> Memory <c>[N×(R·W)]</c>, entry j of location i of a sample being column <c>i·W + j</c>; weighting w <c>[N×R]</c>; e <c>[N×W]</c>, from 0 to 1; a <c>[N×W]</c>.
/// <b>Output.</b> M', of the memory's shape.</para>
/// <para><b>Gradients.</b> <c>dM_ij = dM'_ij·(1 − w_i·e_j)</c>, <c>dw_i = Σ_j dM'_ij·(a_j − M_ij·e_j)</c>, <c>de_j = −Σ_i dM'_ij·M_ij·w_i</c>, <c>da_j = Σ_i dM'_ij·w_i</c>.</para>
/// <para><b>Cached.</b> The inputs. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>. <b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equations 3 and 4.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class WriteMemoryGate<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override int? InputCount => 4;

    /// <inheritdoc/>
    public override string Name => "write memory";

    /// <inheritdoc/>
    public override string Symbol => "write";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, inputs[0].RowCount, inputs[0].ColumnCount);
        MemoryOperations.Write(inputs[0], inputs[1], inputs[2], inputs[3], output);
        return output;
    }

    /// <inheritdoc/>
    protected override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            // Those of the weighting, e and a come of the same pass over the memory; that by the memory is another matrix to write.
            downstream[i] = i > 0 || wanted[0] ? cache.Buffer(1 + i, inputs[i].RowCount, inputs[i].ColumnCount) : null;
        }

        MemoryOperations.WriteBackward(upstream, inputs[0], inputs[1], inputs[2], inputs[3], downstream[0], downstream[1]!, downstream[2]!, downstream[3]!);
    }
}
