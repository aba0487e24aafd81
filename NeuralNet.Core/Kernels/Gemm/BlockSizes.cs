using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>How a product is cut so that its pieces stay in the caches, and what is worth packing or sharing.</summary>
/// <remarks>
/// <para>After Goto and van de Geijn (2008), "Anatomy of high-performance matrix multiplication". A strip of B (depth × tile columns)
/// stays in the first-level cache while the strips of a block of A pass by; a block of A (block rows × depth) stays in the
/// second-level cache while the strips of B pass by.</para>
/// <para>The depth decides the order of summation, so it is the same on every machine.</para>
/// </remarks>
internal static class BlockSizes
{
    /// <summary>Rows of C for which A is packed at a time, at most; bounds the scratch memory.</summary>
    public const int PanelRows = 4096;

    /// <summary>Multiply-adds below which sharing the work with another thread costs more than it saves.</summary>
    public const long WorkPerThread = 128 * 1024;

    /// <summary>What visiting an element of C costs, in multiply-adds: it decides for short sums.</summary>
    public const int WorkOfResult = 12;

    /// <summary>Elements below which sharing their packing costs more than it saves.</summary>
    public const long PackingPerThread = 8 * 1024;

    /// <summary>Elements of C below which sharing a product of few steps, bound by the writing of C, costs more than it saves.</summary>
    public const int ResultPerThread = 16 * 1024;

    /// <summary>Multiply-adds of dot products, bound by memory, below which sharing them costs more than it saves.</summary>
    public const long DotWorkPerThread = 96 * 1024;

    // Columns this far apart share so few sets of a cache that reading several of them side by side is slow.
    private const int LongStride = 4096;

    /// <summary>Bytes of a block of A: half of the second-level cache.</summary>
    public static int BlockBytes { get; } = Processor.SecondLevelCacheBytes / 2;

    /// <summary>Bytes of the packed panel of B: in reach of a core's share of the last cache, as a rule four times the second.</summary>
    public static int PanelBytes { get; } = Processor.SecondLevelCacheBytes * 4;

    /// <summary>Steps of the sum done between two visits to a tile of C.</summary>
    public static int Depth(int elementBytes) => 4096 / elementBytes;

    /// <summary>Whether to pack a factor whose elements could be read where they lie.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="steps">Steps of the sum done at a time.</param>
    /// <param name="uses">How often each element is read: the tiles across the other dimension.</param>
    /// <remarks>A strip whose steps lie apart stays in the second-level cache only if all of the memory from its first to its last step
    /// would fit beside the rest: lines at equal distances compete for the same few places.</remarks>
    public static bool IsWorthPacking<T>(Operand<T> factor, int steps, int uses) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long strideBytes = factor.Stride * Unsafe.SizeOf<T>();
        return uses > 4 && (factor.IsStepContiguous ? strideBytes >= LongStride : strideBytes * steps > BlockBytes);
    }
}
