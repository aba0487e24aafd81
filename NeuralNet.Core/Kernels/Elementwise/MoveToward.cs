using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← y + factor·(x − y)</c>. Input x; output y.</summary>
/// <param name="factor">How far, from 0 to 1.</param>
internal readonly struct MoveToward<T>(T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        output = TSimd.MultiplyAdd(TSimd.Create(factor), TSimd.Subtract(input, output), output);
    }
}
