namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>How a large product is cut so that its pieces stay in the caches.</summary>
/// <remarks>
/// After Goto and van de Geijn (2008), "Anatomy of high-performance matrix multiplication". A strip of B (depth × tile columns)
/// stays in the first-level cache while the strips of a block of A pass by; a block of A (block rows × depth) stays in the
/// second-level cache while the strips of B pass by.
/// </remarks>
internal static class BlockSizes
{
    /// <summary>Steps of the sum done between two visits to a tile of C.</summary>
    public const int Depth = 384;

    /// <summary>Rows of C for which A is packed at a time, at most; bounds the scratch memory.</summary>
    public const int PanelRows = 4096;

    /// <summary>Columns of C for which B is packed at a time, at most; bounds the scratch memory.</summary>
    public const int PanelColumns = 4096;

    /// <summary>Bytes of a block of A: half of a common second-level cache (512 KiB to 1 MiB).</summary>
    public const int BlockBytes = 320 * 1024;
}
