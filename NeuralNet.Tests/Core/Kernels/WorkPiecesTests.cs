using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Kernels.Transposing;
using NeuralNet.Core.Operations;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>The arithmetic that divides work, near 2³¹, where sums and products of whole numbers wrap.</summary>
internal sealed class WorkPiecesTests
{
    private const int Most = int.MaxValue;

    [Test]
    public void Count_AnyLength_CoversItWithoutAGapOrAWrap(
        [Values(0, 1, 63, 64, 65, 1 << 30, Most - 63, Most - 1, Most)] int length, [Values(1, 16, 32, 64, 1024, 2048, 16384, Most)] int pieceLength)
    {
        int pieces = WorkPieces.Count(length, pieceLength);
        if (length == 0)
        {
            pieces.ShouldBe(0);
            return;
        }

        // As the kernels do it, but an overflow throws.
        int last = checked((pieces - 1) * pieceLength);
        last.ShouldBeLessThan(length);
        checked(last + Math.Min(pieceLength, length - last)).ShouldBe(length);
    }

    [TestCase(1 << 30, 1)]
    [TestCase(1 << 30, 3)]
    [TestCase(Most, Most)]
    [TestCase(1, Most)]
    [TestCase(0, Most)]
    [TestCase(9, 0)]
    public void RowSumColumnsOfPiece_NearTheLimits_IsAPositiveNumber(int rows, int columns)
    {
        int ofPiece = RowSum<float>.ColumnsOfPiece(rows, columns, out bool isShared);
        ofPiece.ShouldBeInRange(1, Math.Max(columns, 4));
        isShared.ShouldBe((Int128)rows * columns >= 32 * 1024);
    }

    [TestCase(0L, Most)]
    [TestCase(1L, Most)]
    [TestCase(2L * Most, Most)]
    [TestCase(2L * Most, 1)]
    public void RowScatterColumnsOfPiece_NearTheLimits_IsAPositiveNumber(long columnLength, int columns) =>
        RowScatter<float>.ColumnsOfPiece(columnLength, columns, out _).ShouldBeInRange(1, columns);

    [TestCase(1)]
    [TestCase(Most)]
    public void RowGatherColumnsOfPiece_NearTheLimits_IsAPositiveNumber(int rows) => RowGather<float>.ColumnsOfPiece(rows).ShouldBeInRange(1, 8192);

    [Test]
    public void HasPieces_MoreThreadsThanPiecesCameToTheLastOfAll_HasNone()
    {
        long end = (long)Most << 32;
        WorkerPool.HasPieces(end | (Most - 1u)).ShouldBeTrue();
        WorkerPool.HasPieces(end | Most).ShouldBeFalse();
        WorkerPool.HasPieces(end | (Most + 1u)).ShouldBeFalse();
        WorkerPool.HasPieces(end | (Most + 64u)).ShouldBeFalse();
    }

    // Rows without columns and columns without rows have no memory, and need no time.
    [Test]
    [CancelAfter(20_000)]
    public void Operations_MatricesWithoutElementsNearTheLimits_DoNothing()
    {
        RowGather<float>.Run([], 5, [], [], Most);
        RowScatter<float>.Run([], 0, [], [], 0, Most, 1);
        TransposedCopy<float>.Run(0, Most, [], 0, [], Most);
        Columns<float>.Sum([], Most, [], 0);
        RowOperations.AddToEach<float>([], 0, 1 << 30, [1, 2, 3, 4]);
        RowOperations.Sum<float>([], 0, Most, new float[3], 0);
        RowOperations.Sum(Matrix<float>.Build.Dense(Most, 0), Matrix<float>.Build.Dense(1, 0));
        MatrixTransposition.Transpose(Matrix<float>.Build.Dense(Most, 0), Matrix<float>.Build.Dense(0, Most));
        SoftmaxOperations.Softmax(Matrix<float>.Build.Dense(Most, 0), Matrix<float>.Build.Dense(Most, 0));
    }

    // Memory that is read and not written takes none: the system maps one page of zeros again and again. It comes fresh from there, being so large.
    [Test]
    [Platform("Linux")]
    public void RowSum_TwoToTheThirtiethRows_SumsThem()
    {
        const int Rows = 1 << 30;
        nint memory, floats = Rows;
        try
        {
            memory = Marshal.AllocHGlobal(floats * sizeof(float));
        }
        catch (OutOfMemoryException)
        {
            Assert.Ignore("The system does not lend 4 GiB of addresses.");
            return;
        }

        try
        {
            Span<float> matrix = MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<float>(), memory), Rows);
            (matrix[0], matrix[Rows / 2], matrix[^1]) = (1, 2, 4);
            float[] sums = [100];
            RowOperations.Sum<float>(matrix, Rows, Rows, sums, 1);
            sums[0].ShouldBe(107);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }
}
