using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← source·(Φ(x) + x·φ(x))</c> with the normal distribution and its density: upstream through a GELU whose input x was second.</summary>
internal readonly struct GaussianLinearBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector a = TSimd.Clamp(TSimd.Abs(second), default, NormalTail<T, TVector, TSimd>.Farthest);
        TVector tail = NormalTail<T, TVector, TSimd>.Of(a, out TVector exponential);
        TVector distribution = TSimd.Select(TSimd.GreaterThan(second, default), TSimd.Subtract(TSimd.Constant(1), tail), tail);
        TVector density = TSimd.Multiply(TSimd.Constant(0.39894228040143267794), exponential); // 1/√(2π)
        target = TSimd.Multiply(source, TSimd.MultiplyAdd(TSimd.CopySign(a, second), density, distribution));
    }
}
