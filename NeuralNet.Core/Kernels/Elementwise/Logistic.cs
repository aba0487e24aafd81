using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← 1 / (1 + e^−x)</c>.</summary>
internal readonly struct Logistic<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        ref TVector first, ref TVector second, ref TVector third, TVector input, TVector secondInput, TVector thirdInput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector one = TSimd.Create(T.One);
        first = TSimd.Divide(one, TSimd.Add(one, TSimd.Exp(TSimd.Subtract(default, input))));
    }
}
