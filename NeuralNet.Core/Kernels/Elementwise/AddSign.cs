using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← y + factor·sign(x)</c>; the sign of 0 is 0, NaN stays NaN.</summary>
/// <param name="factor">The factor.</param>
internal readonly struct AddSign<T>(T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool ReadsOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector isNotZero = TSimd.GreaterThan(TSimd.Abs(input), default);
        output = TSimd.Add(output, TSimd.Select(isNotZero, TSimd.CopySign(TSimd.Create(factor), input), input));
    }
}
