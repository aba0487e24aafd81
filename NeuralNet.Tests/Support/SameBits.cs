using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Core;

namespace NeuralNet.Tests.Support;

/// <summary>Whether numbers are the same to the bit, signs of zero and kinds of NaN among them.</summary>
internal static class SameBits
{
    /// <summary>Fails unless two matrices are the same to the bit.</summary>
    public static void Hold<T>(Matrix<T> actual, Matrix<T> expected) where T : unmanaged, IFloatingPointIeee754<T>
    {
        actual.Shape().ShouldBe(expected.Shape());
        MemoryMarshal.AsBytes(actual.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(expected.AsSpan())).ShouldBeTrue($"{actual}\nis not, to the bit,\n{expected}");
    }
}
