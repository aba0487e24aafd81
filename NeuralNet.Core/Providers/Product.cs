using System.Numerics;

namespace NeuralNet.Core.Providers;

/// <summary>A product to be computed: <c>C ← α·op(A)·op(B) + β·C + 1·b</c>, all matrices column after column.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct Product<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether A is stored <c>[rows×inner]</c> (No) or <c>[inner×rows]</c> (Yes).</summary>
    public required Transpose TransposeA { get; init; }

    /// <summary>Whether B is stored <c>[inner×columns]</c> (No) or <c>[columns×inner]</c> (Yes).</summary>
    public required Transpose TransposeB { get; init; }

    /// <summary>Rows of C.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of C.</summary>
    public required int Columns { get; init; }

    /// <summary>The dimension summed over.</summary>
    public required int Inner { get; init; }

    /// <summary>Factor of the product.</summary>
    public required T Alpha { get; init; }

    /// <summary>A.</summary>
    public required ReadOnlySpan<T> A { get; init; }

    /// <summary>Elements from one stored column of A to the next.</summary>
    public required int StrideA { get; init; }

    /// <summary>B.</summary>
    public required ReadOnlySpan<T> B { get; init; }

    /// <summary>Elements from one stored column of B to the next.</summary>
    public required int StrideB { get; init; }

    /// <summary>Factor of what C holds; 0 means that C is not read.</summary>
    public required T Beta { get; init; }

    /// <summary>C.</summary>
    public required Span<T> C { get; init; }

    /// <summary>Elements from one column of C to the next.</summary>
    public required int StrideC { get; init; }

    /// <summary>b, a number for each column of C; empty for none.</summary>
    public required ReadOnlySpan<T> Bias { get; init; }

    /// <summary>The same product on matrices that start further on.</summary>
    /// <param name="offsetA">Elements that A starts later.</param>
    /// <param name="offsetB">Elements that B starts later.</param>
    /// <param name="offsetC">Elements that C starts later.</param>
    public Product<T> At(int offsetA, int offsetB, int offsetC) => this with { A = A[offsetA..], B = B[offsetB..], C = C[offsetC..] };
}
