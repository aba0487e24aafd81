using NeuralNet.Core.Kernels.Gemm;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>A correlation by a kernel of 3×3 that moves by one, cut into tiles of 2×2 positions of the target, each of which sees 4×4 of the source.</summary>
/// <remarks>Winograd's minimal filtering, F(2×2, 3×3): with the matrices Bᵀ, G and Aᵀ of Lavin and Gray (2016), "Fast algorithms for convolutional neural networks", a tile is
/// <c>Aᵀ·[(G·w·Gᵀ) ∗ (Bᵀ·x·B)]·A</c>, entry by entry: 16 multiplications instead of 36. All coefficients are 0, 1, ½ and their negatives, so rounding grows by a small factor
/// only.</remarks>
internal sealed class WinogradPlan
{
    /// <summary>Entries of a transformed tile.</summary>
    public const int Entries = 16;

    // Below so many channels on either side the transformations cost more than they save.
    private const int LeastChannels = 16;

    private WinogradPlan(int top, int left, int rows, int columns, bool isTurned) =>
        (Top, Left, Rows, Columns, IsTurned) = (top, left, rows, columns, isTurned);

    /// <summary>The source row that the first tile sees first; negative for padding.</summary>
    public int Top { get; }

    /// <summary>The source column that the first tile sees first.</summary>
    public int Left { get; }

    /// <summary>Rows of tiles.</summary>
    public int Rows { get; }

    /// <summary>Tiles of a row.</summary>
    public int Columns { get; }

    /// <summary>All tiles.</summary>
    public int Tiles => Rows * Columns;

    /// <summary>The source position that a tile sees first; negative for padding.</summary>
    public (int Y, int X) SourceOf(int tile) => (Top + (tile / Columns * 2), Left + (tile % Columns * 2));

    /// <summary>The first target position of a tile.</summary>
    public (int Y, int X) TargetOf(int tile) => (tile / Columns * 2, tile % Columns * 2);

    /// <summary>Tiles that are transformed together, so that with their products they fit the second-level cache.</summary>
    /// <param name="channels">Channels of source and target together.</param>
    /// <param name="samples">Samples, at most.</param>
    /// <param name="elementBytes">Bytes of an element.</param>
    public int TilesOfBlock(int channels, int samples, int elementBytes) =>
        (int)Math.Clamp(BlockSizes.BlockBytes / ((long)Entries * channels * samples * elementBytes), 1, Tiles);

    /// <summary>Whether the kernel is turned around by half a turn, as it is on the way back.</summary>
    public bool IsTurned { get; }

    /// <summary>The plan for a correlation, or null where it is not of that kind or would not gain.</summary>
    public static WinogradPlan? Of(CorrelationPlan plan)
    {
        AxisPhase rows = plan.Rows.Phases[0], columns = plan.Columns.Phases[0];
        return IsOfThree(plan.Rows) && IsOfThree(plan.Columns) && plan.KernelWidth == 3 && plan.KernelElements == 9 && plan.Groups == 1
            && plan.SourceChannels >= LeastChannels && plan.TargetChannels >= LeastChannels
            ? new WinogradPlan(rows.Shifts[0], columns.Shifts[0], (plan.Rows.TargetLength + 1) / 2, (plan.Columns.TargetLength + 1) / 2, isTurned: rows.Kernel[0] == 2)
            : null;
    }

    private static bool IsOfThree(Axis axis) =>
        axis.Phases.Length == 1 && axis.SourceStep == 1 && axis.TargetStep == 1 && axis.Phases[0].Shifts is [int first, int second, int third]
        && second == first + 1 && third == first + 2;
}
