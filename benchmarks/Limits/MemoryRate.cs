using System.Diagnostics;
using System.Numerics.Tensors;
using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Limits;

/// <summary>The most bytes a second that all threads together read, or read and write, from data of a given size.</summary>
internal static class MemoryRate
{
    private const long BytesPerRun = 512L << 20;
    private const int Repetitions = 5;

    /// <summary>GB/s; the better of reading (a sum) and of a triad (<c>a ← b + s·c</c>: two read, one written), the best of several runs.</summary>
    /// <param name="footprint">Bytes of the data, of all threads together.</param>
    /// <param name="threads">Each works on its own part.</param>
    public static double Measure(long footprint, int threads)
    {
        int length = (int)(footprint / threads / sizeof(float) / 3);
        int passes = (int)Math.Max(1, BytesPerRun / footprint);
        float[][] a = Arrays(threads, length), b = Arrays(threads, length), c = Arrays(threads, length);
        var sums = new float[threads];

        void Triad(int thread)
        {
            for (int pass = 0; pass < passes; pass++)
            {
                TensorPrimitives.MultiplyAdd(b[thread], 0.5f, c[thread], a[thread]);
            }
        }

        void Read(int thread)
        {
            for (int pass = 0; pass < passes; pass++)
            {
                sums[thread] = TensorPrimitives.Sum<float>(a[thread]) + TensorPrimitives.Sum<float>(b[thread]) + TensorPrimitives.Sum<float>(c[thread]);
            }
        }

        double bytes = 3.0 * length * sizeof(float) * threads * passes;
        double fastest = QuietMachine.Measure(
            () => Math.Min(Together.FastestSeconds(threads, Repetitions, Triad), Together.FastestSeconds(threads, Repetitions, Read)),
            Process.GetCurrentProcess());
        return bytes / fastest / 1e9;
    }

    private static float[][] Arrays(int threads, int length) =>
        [.. Enumerable.Range(0, threads).Select(_ => Enumerable.Repeat(1e-3f, length).ToArray())];
}
