using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Reliability.Running;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>Products and operations of many threads at once on the pool that all kernels share, while its number of threads changes and other
/// work on it fails.</summary>
internal sealed class SharedPool
{
    private const int Kinds = 6;

    private readonly Matrix<float> _left, _right;
    private readonly int[] _indices, _labels;
    private readonly float[][] _results;

    /// <summary>Makes the data, and the results that one thread gets.</summary>
    public SharedPool(long seed)
    {
        _left = Some.Matrix<float>(180, 240, (int)seed);
        _right = Some.Matrix<float>(240, 170, (int)seed + 1);
        _indices = Some.Labels(300, 180, (int)seed + 2);
        _labels = Some.Labels(180, 240, (int)seed + 3);
        _results = [.. Enumerable.Range(0, Kinds).Select(kind => Compute(kind).AsSpan().ToArray())];
    }

    /// <summary>Computes from several threads.</summary>
    /// <param name="threads">How many, besides one that changes the number of the pool's and one whose work fails.</param>
    /// <param name="results">How many results each computes.</param>
    /// <exception cref="DefectException">A result is not the one that one thread gets, to the bit, or an exception went astray.</exception>
    public void Compute(int threads, int results)
    {
        int before = ComputeThreads.Count, left = threads;
        Together.Run(threads + 2, thread =>
        {
            if (thread >= threads)
            {
                for (int i = 0; Volatile.Read(ref left) > 0; i++)
                {
                    Disturb(thread > threads, i);
                }

                return;
            }

            try
            {
                for (int i = 0; i < results; i++)
                {
                    int kind = (thread + i) % Kinds;
                    if (!Compute(kind).AsSpan().SequenceEqual(_results[kind]))
                    {
                        throw new DefectException($"result {i} of thread {thread}, of kind {kind}, differs from what one thread gets");
                    }
                }
            }
            finally
            {
                Interlocked.Decrement(ref left);
            }
        });
        ComputeThreads.Count = before;
    }

    private static void Disturb(bool fails, int i)
    {
        if (!fails)
        {
            ComputeThreads.Count = 1 + (i % Environment.ProcessorCount);
            Thread.Sleep(1);
            return;
        }

        // Each piece is done, and the failure of this work comes here and to nobody else.
        int[] done = new int[20];
        try
        {
            ComputeThreads.For(done.Length, done, static (piece, all) =>
            {
                Interlocked.Increment(ref all[piece]);
                if (piece == 5)
                {
                    throw new TimeZoneNotFoundException("piece 5");
                }
            });
            throw new DefectException("work that fails came back as if it had not");
        }
        catch (TimeZoneNotFoundException)
        {
            if (done.Any(count => count != 1))
            {
                throw new DefectException($"of work whose piece 5 fails, the pieces were done {string.Join(' ', done)} times");
            }
        }
    }

    private Matrix<float> Compute(int kind)
    {
        (int rows, int columns) = kind switch { 0 => (180, 170), 1 => (1, 240), 2 => (300, 240), 3 => (240, 180), _ => (180, 240) };
        Matrix<float> result = Matrix<float>.Build.Dense(rows, columns);
        switch (kind)
        {
            case 0:
                MatrixProduct.Multiply(Transpose.No, _left, Transpose.No, _right, result);
                break;
            case 1:
                RowOperations.Sum(_left, result);
                break;
            case 2:
                RowOperations.Gather(_left, _indices, result);
                break;
            case 3:
                MatrixTransposition.Transpose(_left, result);
                break;
            case 4:
                SoftmaxOperations.CrossEntropy<float>(_left.AsSpan(), _labels, result.AsSpan(), new float[_labels.Length]);
                break;
            default:
                ElementwiseOperations.Multiply(_left.AsSpan(), _left.AsSpan(), result.AsSpan());
                break;
        }

        return result;
    }
}
