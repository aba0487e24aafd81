using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← source·(1 − second)·second</c>: upstream through a sigmoid whose output was second.</summary>
internal readonly struct SigmoidBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector one = TSimd.Create(T.One);
        target = TSimd.Multiply(source, TSimd.Multiply(TSimd.Subtract(one, second), second));
    }
}
