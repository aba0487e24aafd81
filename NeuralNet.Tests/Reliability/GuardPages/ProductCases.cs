using System.Numerics;
using NeuralNet.Core.Kernels;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Matrix products, one and in batches: every transposition, with and without gaps, bias and old content.</summary>
internal static class ProductCases<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Threads of its own, so that pieces are shared on a machine with one processor as well.
    private static readonly SimdProvider Provider = new(Processor.WidestVector, new WorkerPool(2));

    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All =>
    [
        new($"Product<{typeof(T).Name}>", typeof(PinnedProduct<>), (draws, arena) => Run(draws, arena, isBatch: false)),
        new($"ProductBatch<{typeof(T).Name}>", typeof(PinnedBatch<>), (draws, arena) => Run(draws, arena, isBatch: true)),
    ];

    private static void Run(Draws draws, Arena arena, bool isBatch)
    {
        (int rows, int columns, int inner) = isBatch ? (draws.Below("rows", 30), draws.Below("columns", 30), draws.Below("inner", 30)) : draws.Product();
        Transpose ta = draws.Flag("A transposed") ? Transpose.Yes : Transpose.No, tb = draws.Flag("B transposed") ? Transpose.Yes : Transpose.No;
        (int rowsA, int columnsA) = ta == Transpose.No ? (rows, inner) : (inner, rows);
        (int rowsB, int columnsB) = tb == Transpose.No ? (inner, columns) : (columns, inner);
        int strideA = rowsA + draws.Gap("gap of A"), strideB = rowsB + draws.Gap("gap of B"), strideC = rows + draws.Gap("gap of C");
        int count = isBatch ? 1 + draws.Below("further products", 40) : 1;
        int lengthA = Draws.LengthOf(rowsA, columnsA, strideA), lengthB = Draws.LengthOf(rowsB, columnsB, strideB), lengthC = Draws.LengthOf(rows, columns, strideC);
        int stepA = isBatch && draws.Flag("one A for each") ? lengthA + draws.Gap("between As") : 0;
        int stepB = isBatch && draws.Flag("one B for each") ? lengthB + draws.Gap("between Bs") : 0;
        int stepC = isBatch ? lengthC + draws.Gap("between Cs") : 0;
        double alpha = draws.Factor("alpha"), beta = draws.Factor("beta");
        Span<T> a = arena.Numbers<T>(Whole(lengthA, stepA, count)), b = arena.Numbers<T>(Whole(lengthB, stepB, count)), c = arena.Numbers<T>(Whole(lengthC, stepC, count));
        Span<T> bias = arena.Numbers<T>(draws.Flag("bias") ? columns : 0);
        T[] before = c.ToArray();
        var product = new Product<T>
        {
            TransposeA = ta,
            TransposeB = tb,
            Rows = rows,
            Columns = columns,
            Inner = inner,
            Alpha = T.CreateTruncating(alpha),
            A = a,
            StrideA = strideA,
            B = b,
            StrideB = strideB,
            Beta = T.CreateTruncating(beta),
            C = c,
            StrideC = strideC,
            Bias = bias,
        };
        ProductCheck.ThrowIfInvalid(product, new(count, stepA, stepB, stepC));
        if (isBatch)
        {
            Provider.Multiply(product, new ProductBatch(count, stepA, stepB, stepC));
        }
        else
        {
            Provider.Multiply(product);
        }

        for (int i = 0; i < c.Length; i++)
        {
            int inProduct = stepC > 0 ? i % stepC : i;
            if ((inProduct >= lengthC || inProduct % strideC >= rows) && !c[i].Equals(before[i]))
            {
                throw new DefectException($"element {i} lies between the columns of C, but was written");
            }
        }
    }

    private static int Whole(int length, int step, int count) => length == 0 ? 0 : length + (step * (count - 1));
}
