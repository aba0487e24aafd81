using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Transposing;

namespace NeuralNet.Core.Operations;

/// <content>Rows from memory that holds one sample after another.</content>
public static partial class RowOperations
{
    /// <summary><c>Y_ij ← s_(index(i)·D + j)</c>: row i of Y is the sample that its index names, where samples lie one after another, as data sets
    /// hold them. A matrix is stored the other way round, so this is a transposition too, done in blocks.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="samples">s, V samples of D numbers each, without gaps.</param>
    /// <param name="indices">N numbers from 0 to V − 1, in any order, also repeatedly.</param>
    /// <param name="target">Y <c>[N×D]</c>; shares no memory with s.</param>
    /// <exception cref="ArgumentException">There is not a row for each index, the last sample is not complete, the matrix is not dense, or both share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index names no sample.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void GatherSamples<T>(ReadOnlySpan<T> samples, ReadOnlySpan<int> indices, Matrix<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(target);
        int features = target.ColumnCount;
        OperandCheck.ThrowIfNotOfShape(target, indices.Length, features, nameof(target));
        if (indices.IsEmpty || features == 0)
        {
            return;
        }

        if (samples.Length % features != 0)
        {
            throw new ArgumentException(
                $"Samples for rows of {target.Shape()} have {features} numbers each; {samples.Length} are not a whole number of them.", nameof(samples));
        }

        OperandCheck.ThrowIfNotBelow(samples.Length / features, indices, nameof(indices), "Index", "samples", "the memory");
        OperandCheck.ThrowIfOverlaps<T>(nameof(target), target.AsSpan(), nameof(samples), samples);
        SampleGather<T>.Run(samples, features, indices, target.AsSpan());
    }
}
