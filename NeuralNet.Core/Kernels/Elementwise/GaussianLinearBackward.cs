using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x·(Φ(x) + x·φ(x))</c> with the normal distribution and its density: upstream through a GELU whose input x was s.</summary>
internal readonly struct GaussianLinearBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    public static int Inputs => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector a = TSimd.Clamp(TSimd.Abs(secondInput), default, NormalTail<T, TVector, TSimd>.Farthest);
        TVector tail = NormalTail<T, TVector, TSimd>.Of(a, out TVector exponential);
        TVector distribution = TSimd.Select(TSimd.GreaterThan(secondInput, default), TSimd.Subtract(TSimd.Constant(1), tail), tail);
        TVector density = TSimd.Multiply(TSimd.Constant(0.39894228040143267794), exponential); // 1/√(2π)
        output = TSimd.Multiply(input, TSimd.MultiplyAdd(TSimd.CopySign(a, secondInput), density, distribution));
    }
}
