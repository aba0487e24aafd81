using System.Numerics;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Transposing;

/// <summary>Gathers samples that are stored one after another into a matrix <c>[N×D]</c> stored column after column: a transposition.</summary>
internal sealed unsafe class SampleGather<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Samples in a piece of work, and features done at a time: what is written of the matrix then fills whole cache lines, and stays in
    // the first-level cache until it does.
    private const int BlockRows = 16;
    private const int BlockFeatures = 64;

    // Elements below which sharing them with another thread costs more than it saves.
    private const int LeastShared = 32 * 1024;

    [ThreadStatic]
    private static SampleGather<T>? _ofThread;

    private T* _samples;
    private T* _target;
    private int* _indices;
    private int _features, _count;

    /// <summary>Gathers.</summary>
    /// <param name="samples">The samples, one after another.</param>
    /// <param name="features">D, elements of a sample.</param>
    /// <param name="indices">Which sample each row of the matrix is to be; N of them, all among the samples.</param>
    /// <param name="target">The matrix.</param>
    public static void Run(ReadOnlySpan<T> samples, int features, ReadOnlySpan<int> indices, Span<T> target)
    {
        fixed (T* pSamples = samples, pTarget = target)
        {
            fixed (int* pIndices = indices)
            {
                SampleGather<T> gather = _ofThread ??= new SampleGather<T>();
                gather._samples = pSamples;
                gather._target = pTarget;
                gather._indices = pIndices;
                (gather._features, gather._count) = (features, indices.Length);
                WorkerPool.Shared.Run(gather, WorkPieces.Count(indices.Length, BlockRows), (long)features * indices.Length >= LeastShared);
            }
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * BlockRows, end = first + Math.Min(BlockRows, _count - first);
        int endOfFours = end - ((end - first) % Transposition<T>.Runs);
        int features;

        // By what was done, not by whole blocks: near 2³¹ features, the next whole block would be a negative number.
        for (int feature = 0; feature < _features; feature += features)
        {
            features = Math.Min(BlockFeatures, _features - feature);
            T* target = _target + ((nint)feature * _count);
            for (int row = first; row < endOfFours; row += Transposition<T>.Runs)
            {
                int nextRow = row + Transposition<T>.Runs;
                FourRuns<T> next = nextRow < endOfFours ? RunsFrom(nextRow, feature) : RunsFrom(first, feature + features);
                Transposition<T>.FourRuns(RunsFrom(row, feature), next, features, target + row, _count);
            }

            for (int row = endOfFours; row < end; row++)
            {
                T* sample = Sample(row) + feature;
                for (int i = 0; i < features; i++)
                {
                    target[row + ((nint)i * _count)] = sample[i];
                }
            }
        }
    }

    private T* Sample(int row) => _samples + ((nint)_indices[row] * _features);

    private FourRuns<T> RunsFrom(int row, int feature) =>
        new(Sample(row) + feature, Sample(row + 1) + feature, Sample(row + 2) + feature, Sample(row + 3) + feature);
}
