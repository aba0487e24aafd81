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
        ref TVector first, ref TVector second, ref TVector third, TVector input, TVector secondInput, TVector thirdInput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        second = TSimd.MultiplyAdd(TSimd.Create(a), second, input);
        third = TSimd.MultiplyAdd(TSimd.Create(b), third, TSimd.Multiply(input, input));
        first = TSimd.MultiplyAdd(TSimd.Create(c), TSimd.Multiply(second, third), first);
    }
}
