using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>An operation on four arrays, three of them written, with three factors: <c>m ← a·m + g</c>, <c>v ← b·v + g²</c>, <c>θ ← θ + c·m·v</c>.</summary>
internal readonly struct FourArrays<T>(T a, T b, T c) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Outputs => 3;

    public static bool ReadsOutputs => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        secondOutput = TSimd.MultiplyAdd(TSimd.Create(a), secondOutput, input);
        thirdOutput = TSimd.MultiplyAdd(TSimd.Create(b), thirdOutput, TSimd.Multiply(input, input));
        output = TSimd.MultiplyAdd(TSimd.Create(c), TSimd.Multiply(secondOutput, thirdOutput), output);
    }
}
