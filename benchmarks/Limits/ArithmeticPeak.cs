using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Core.Kernels;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Benchmarks.Limits;

/// <summary>The most multiplications and additions a second: a loop of fused multiply-adds that touches no memory.</summary>
internal static class ArithmeticPeak
{
    private const int Chains = 12;
    private const int Steps = 5_000_000;
    private const int Repetitions = 15;

    // Long enough that the threads' common start does not count, for a check before every measurement.
    private const int ShortSteps = 500_000;
    private const int ShortRepetitions = 4;

    /// <summary>GFLOP/s at the widest vectors that the runtime uses; the best of several runs, since this is a limit.</summary>
    public static double Measure(Element element, int threads) => (element, Processor.WidestVector) switch
    {
        (Element.Float, VectorWidth.Bits512) => Measure<Vector512<float>, float, Simd512<float>>(threads),
        (Element.Float, VectorWidth.Bits256) => Measure<Vector256<float>, float, Simd256<float>>(threads),
        (Element.Float, _) => Measure<Vector128<float>, float, Simd128<float>>(threads),
        (_, VectorWidth.Bits512) => Measure<Vector512<double>, double, Simd512<double>>(threads),
        (_, VectorWidth.Bits256) => Measure<Vector256<double>, double, Simd256<double>>(threads),
        _ => Measure<Vector128<double>, double, Simd128<double>>(threads),
    };

    /// <summary>
    /// How many times as long all threads take together as one alone, for work of about a millisecond that touches no memory: 1 on
    /// processors of their own, and as many as there are threads where a host has put them on one.
    /// </summary>
    public static double Crowding() =>
        ShortSeconds(Environment.ProcessorCount) / ShortSeconds(1);

    private static double Measure<TVector, T, TSimd>(int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        double operations = 2.0 * TSimd.Count * Chains * Steps * threads;
        double fastest = QuietMachine.Measure(() => Seconds<TVector, T, TSimd>(threads, Steps, Repetitions), Process.GetCurrentProcess());
        return operations / fastest / 1e9;
    }

    private static double ShortSeconds(int threads) => Seconds<Vector128<float>, float, Simd128<float>>(threads, ShortSteps, ShortRepetitions);

    private static double Seconds<TVector, T, TSimd>(int threads, int steps, int repetitions)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        var results = new T[threads];
        return Together.FastestSeconds(threads, repetitions, number => results[number] = Run<TVector, T, TSimd>(steps, T.CreateTruncating(0.5)));
    }

    // Twelve sums that do not wait for each other keep two multiply-add units with a latency of five cycles busy, and fit, with the
    // two factors, into the sixteen registers that a CPU without AVX-512 has.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Run<TVector, T, TSimd>(int steps, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector x = TSimd.Create(factor), y = TSimd.Create(T.One);
        TVector s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, s10 = x, s11 = x;
        for (; steps > 0; steps--)
        {
            s0 = TSimd.MultiplyAdd(s0, x, y);
            s1 = TSimd.MultiplyAdd(s1, x, y);
            s2 = TSimd.MultiplyAdd(s2, x, y);
            s3 = TSimd.MultiplyAdd(s3, x, y);
            s4 = TSimd.MultiplyAdd(s4, x, y);
            s5 = TSimd.MultiplyAdd(s5, x, y);
            s6 = TSimd.MultiplyAdd(s6, x, y);
            s7 = TSimd.MultiplyAdd(s7, x, y);
            s8 = TSimd.MultiplyAdd(s8, x, y);
            s9 = TSimd.MultiplyAdd(s9, x, y);
            s10 = TSimd.MultiplyAdd(s10, x, y);
            s11 = TSimd.MultiplyAdd(s11, x, y);
        }

        TVector even = TSimd.Add(TSimd.Add(TSimd.Add(s0, s2), TSimd.Add(s4, s6)), TSimd.Add(s8, s10));
        TVector odd = TSimd.Add(TSimd.Add(TSimd.Add(s1, s3), TSimd.Add(s5, s7)), TSimd.Add(s9, s11));
        return TSimd.Sum(TSimd.Add(even, odd));
    }
}
