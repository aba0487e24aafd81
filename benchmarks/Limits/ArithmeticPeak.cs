using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Measuring;

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

    /// <summary>Bits of the widest vectors that the CPU has and the runtime uses.</summary>
    public static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>GFLOP/s at the widest vectors that the runtime uses; the best of several runs, since this is a limit.</summary>
    public static double Measure(Element element, int threads) => (element, VectorBits) switch
    {
        (Element.Float, 512) => Measure<Vector512<float>, float, MultiplyAdd512<float>>(threads),
        (Element.Float, 256) => Measure<Vector256<float>, float, MultiplyAdd256<float>>(threads),
        (Element.Float, _) => Measure<Vector128<float>, float, MultiplyAdd128<float>>(threads),
        (_, 512) => Measure<Vector512<double>, double, MultiplyAdd512<double>>(threads),
        (_, 256) => Measure<Vector256<double>, double, MultiplyAdd256<double>>(threads),
        _ => Measure<Vector128<double>, double, MultiplyAdd128<double>>(threads),
    };

    /// <summary>
    /// How many times as long all threads take together as one alone, for work of about a millisecond that touches no memory: 1 on
    /// processors of their own, and as many as there are threads where a host has put them on one.
    /// </summary>
    public static double Crowding() =>
        ShortSeconds(Environment.ProcessorCount) / ShortSeconds(1);

    private static double Measure<TVector, T, TArithmetic>(int threads)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TArithmetic : struct, IMultiplyAdd<TVector, T>
    {
        double operations = 2.0 * TArithmetic.Count * Chains * Steps * threads;
        double fastest = QuietMachine.Measure(() => Seconds<TVector, T, TArithmetic>(threads, Steps, Repetitions), Process.GetCurrentProcess());
        return operations / fastest / 1e9;
    }

    private static double ShortSeconds(int threads) => Seconds<Vector128<float>, float, MultiplyAdd128<float>>(threads, ShortSteps, ShortRepetitions);

    private static double Seconds<TVector, T, TArithmetic>(int threads, int steps, int repetitions)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TArithmetic : struct, IMultiplyAdd<TVector, T>
    {
        var results = new T[threads];
        return Together.FastestSeconds(threads, repetitions, number => results[number] = Run<TVector, T, TArithmetic>(steps, T.CreateTruncating(0.5)));
    }

    // Twelve sums that do not wait for each other keep two multiply-add units with a latency of five cycles busy, and fit, with the
    // two factors, into the sixteen registers that a CPU without AVX-512 has.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Run<TVector, T, TArithmetic>(int steps, T factor)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : struct
        where TArithmetic : struct, IMultiplyAdd<TVector, T>
    {
        TVector x = TArithmetic.Create(factor), y = TArithmetic.Create(T.One);
        TVector s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, s10 = x, s11 = x;
        for (; steps > 0; steps--)
        {
            s0 = TArithmetic.MultiplyAdd(s0, x, y);
            s1 = TArithmetic.MultiplyAdd(s1, x, y);
            s2 = TArithmetic.MultiplyAdd(s2, x, y);
            s3 = TArithmetic.MultiplyAdd(s3, x, y);
            s4 = TArithmetic.MultiplyAdd(s4, x, y);
            s5 = TArithmetic.MultiplyAdd(s5, x, y);
            s6 = TArithmetic.MultiplyAdd(s6, x, y);
            s7 = TArithmetic.MultiplyAdd(s7, x, y);
            s8 = TArithmetic.MultiplyAdd(s8, x, y);
            s9 = TArithmetic.MultiplyAdd(s9, x, y);
            s10 = TArithmetic.MultiplyAdd(s10, x, y);
            s11 = TArithmetic.MultiplyAdd(s11, x, y);
        }

        return TArithmetic.Sum(s0, s1) + TArithmetic.Sum(s2, s3) + TArithmetic.Sum(s4, s5)
            + TArithmetic.Sum(s6, s7) + TArithmetic.Sum(s8, s9) + TArithmetic.Sum(s10, s11);
    }
}
