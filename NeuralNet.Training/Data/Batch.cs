using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Data;

/// <summary>A few samples of a data set and their labels, as a network takes them.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <b>Shapes.</b> <see cref="Inputs"/> <c>[N×D]</c> (N samples, D features), <see cref="Labels"/> N numbers.
/// <b>Lifetime.</b> A batch is valid until the next one is asked for: the loader fills the same matrix and labels again.
/// </remarks>
public sealed class Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Samples transposed at a time: few enough that reading all their rows at once stays in the first-level cache, and enough that their
    // values of one feature fill a cache line of the matrix.
    private const int Block = 16;

    private readonly int[] _labels;

    internal Batch(int count, int features)
    {
        Inputs = Matrix<T>.Build.Dense(count, features);
        _labels = new int[count];
    }

    /// <summary>Number of samples N, 1 or more.</summary>
    public int Count => _labels.Length;

    /// <summary>The samples as rows, <c>[N×D]</c>; dense, so one feature of all samples lies side by side in memory.</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>The class of each sample, in the order of the rows.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>Fills the batch with the samples of <paramref name="data"/> that <paramref name="indices"/> names, one a row.</summary>
    internal void Gather(DataSet<T> data, ReadOnlySpan<int> indices)
    {
        for (var row = 0; row < indices.Length; row++)
        {
            _labels[row] = data.Labels[indices[row]];
        }

        for (var first = 0; first < Count; first += Block)
        {
            Transpose(data, indices.Slice(first, Math.Min(Block, Count - first)), first);
        }
    }

    /// <summary>Writes the values of a block of samples, feature by feature, to the rows from <paramref name="first"/> on.</summary>
    private void Transpose(DataSet<T> data, ReadOnlySpan<int> block, int first)
    {
        var samples = data.Samples;
        var inputs = Inputs.AsSpan();
        Span<int> starts = stackalloc int[block.Length];
        for (var i = 0; i < block.Length; i++)
        {
            starts[i] = block[i] * data.Features;
        }

        for (var feature = 0; feature < data.Features; feature++)
        {
            var column = inputs.Slice((feature * Count) + first, starts.Length);
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = samples[starts[i] + feature];
            }
        }
    }
}
