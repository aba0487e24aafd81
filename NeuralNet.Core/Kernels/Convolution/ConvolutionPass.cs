using System.Numerics;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>The passes of a convolution on memory, with the widest vectors that the CPU has.</summary>
internal static unsafe class ConvolutionPass<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Sums each position of a target of positions of a source.</summary>
    /// <param name="plan">Of which.</param>
    /// <param name="source">The source.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="bias">A number for each target channel; empty for none.</param>
    /// <param name="target">The target; written.</param>
    /// <param name="samples">N; with none, nothing is done.</param>
    public static void Correlate(
        CorrelationPlan plan, ReadOnlySpan<T> source, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> target, int samples)
    {
        if (samples == 0)
        {
            return;
        }

        fixed (T* pSource = source, pWeight = weight, pBias = bias, pTarget = target)
        {
            switch (Processor.WidestVector)
            {
                case VectorWidth.Bits512:
                    Correlate<Vector512<T>, Simd512<T>>(plan, pSource, pWeight, pBias, pTarget, samples);
                    break;
                case VectorWidth.Bits256:
                    Correlate<Vector256<T>, Simd256<T>>(plan, pSource, pWeight, pBias, pTarget, samples);
                    break;
                default:
                    Correlate<Vector128<T>, Simd128<T>>(plan, pSource, pWeight, pBias, pTarget, samples);
                    break;
            }
        }
    }

    /// <summary>Adds the gradient by the weight.</summary>
    /// <param name="plan">The convolution, forward.</param>
    /// <param name="source">Its input.</param>
    /// <param name="upstream">The gradient by its output.</param>
    /// <param name="gradient">The gradient by its weight; added to.</param>
    /// <param name="samples">N; with none, nothing is done.</param>
    public static void AddWeightGradient(CorrelationPlan plan, ReadOnlySpan<T> source, ReadOnlySpan<T> upstream, Span<T> gradient, int samples)
    {
        if (samples == 0)
        {
            return;
        }

        fixed (T* pSource = source, pUpstream = upstream, pGradient = gradient)
        {
            switch (Processor.WidestVector)
            {
                case VectorWidth.Bits512:
                    AddWeightGradient<Vector512<T>, Simd512<T>>(plan, pSource, pUpstream, pGradient, samples);
                    break;
                case VectorWidth.Bits256:
                    AddWeightGradient<Vector256<T>, Simd256<T>>(plan, pSource, pUpstream, pGradient, samples);
                    break;
                default:
                    AddWeightGradient<Vector128<T>, Simd128<T>>(plan, pSource, pUpstream, pGradient, samples);
                    break;
            }
        }
    }

    private static void Correlate<TVector, TSimd>(CorrelationPlan plan, T* source, T* weight, T* bias, T* target, int samples)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        if (WinogradCorrelation<T, TVector, TSimd>.Takes(plan, samples))
        {
            OfThread<WinogradCorrelation<T, TVector, TSimd>>.Object.Run(WorkerPool.Shared, plan, source, weight, bias, target, samples);
        }
        else
        {
            OfThread<Correlation<T, TVector, TSimd>>.Object.Run(WorkerPool.Shared, plan, source, weight, bias, target, samples);
        }
    }

    private static void AddWeightGradient<TVector, TSimd>(CorrelationPlan plan, T* source, T* upstream, T* gradient, int samples)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        if (WinogradWeightGradient<T, TVector, TSimd>.Takes(plan, samples))
        {
            OfThread<WinogradWeightGradient<T, TVector, TSimd>>.Object.Run(WorkerPool.Shared, plan, source, upstream, gradient, samples);
        }
        else
        {
            OfThread<WeightGradient<T, TVector, TSimd>>.Object.Run(WorkerPool.Shared, plan, source, upstream, gradient, samples);
        }
    }

    // Each thread that calls has its own scratch memory, so that several can run passes at once.
    private static class OfThread<TPass> where TPass : class, new()
    {
        [ThreadStatic]
        private static TPass? _object;

        public static TPass Object => _object ??= new TPass();
    }
}
