using System.Numerics;

namespace NeuralNet.Core.Kernels.Transposing;

/// <summary>Where four runs of memory start.</summary>
/// <param name="a">The first.</param>
/// <param name="b">The second.</param>
/// <param name="c">The third.</param>
/// <param name="d">The fourth.</param>
internal readonly unsafe struct FourRuns<T>(T* a, T* b, T* c, T* d) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Four runs, each a stride behind the one before.</summary>
    public FourRuns(T* first, nint stride) : this(first, first + stride, first + (2 * stride), first + (3 * stride))
    {
    }

    /// <summary>The first.</summary>
    public readonly T* A = a;

    /// <summary>The second.</summary>
    public readonly T* B = b;

    /// <summary>The third.</summary>
    public readonly T* C = c;

    /// <summary>The fourth.</summary>
    public readonly T* D = d;
}
