using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Kernels;

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

        RowGather<T>.Run(data.Samples, data.Features, indices, Inputs.AsSpan());
    }
}
