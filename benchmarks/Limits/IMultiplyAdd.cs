using System.Numerics;

namespace NeuralNet.Benchmarks.Limits;

/// <summary>What the loop of <see cref="ArithmeticPeak"/> does with vectors, so that it stands once for every width and element.</summary>
/// <remarks>The project's kernels have an interface of their own; a limit is measured without their code.</remarks>
internal interface IMultiplyAdd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>All elements the same.</summary>
    static abstract TVector Create(T value);

    /// <summary><c>a·b + c</c>, fused where the CPU can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The sum of the elements of both.</summary>
    static abstract T Sum(TVector a, TVector b);
}
