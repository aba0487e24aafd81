using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← source where second &gt; 0, else 0</c>: upstream through a rectifier whose output was second.</summary>
internal readonly struct RectifyBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        target = TSimd.WherePositive(second, source);
    }
}
