using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Normalizing;
using NeuralNet.Core.Kernels.Randomness;
using NeuralNet.Core.Kernels.Reductions;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Kernels.Samples;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Transposing;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Kernels on rows, columns and samples of a matrix, transpositions, and fills with random numbers.</summary>
internal static class MatrixCases<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateTruncating(0.5);

    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All =>
    [
        new(Named("row sum"), typeof(RowSum<>), SumRows),
        new(Named("row added to each"), typeof(Rows), AddRow),
        new(Named("column sum"), typeof(Columns<>), SumColumns),
        new(Named("column added to each"), typeof(Columns<>), AddColumn),
        new(Named("rows gathered"), typeof(RowGather<>), GatherRows),
        new(Named("rows scattered"), typeof(RowScatter<>), ScatterRows),
        new(Named("rows of two tables updated"), typeof(RowsPass<,>), (draws, arena) => UpdateRows<MomentumUpdate<T>>(draws, arena, hasThird: false)),
        new(Named("rows of three tables updated"), typeof(RowsPass<,>), (draws, arena) => UpdateRows<AdamUpdate<T>>(draws, arena, hasThird: true)),
        new(Named("sum of squares"), typeof(SquareSum<>), (draws, arena) => SquareSum<T>.Of(arena.Numbers<T>(draws.Length("length", 40_000)))),
        new(Named("norm"), typeof(EuclideanNorm<>), (draws, arena) => EuclideanNorm<T>.Of(arena.Numbers<T>(draws.Length("length", 40_000)))),
        new(Named("beta"), typeof(Beta), ScaleByBeta),
        new(Named("softmax"), typeof(SamplePass<,>), Samples<SoftmaxForward<T>>),
        new(Named("softmax back"), typeof(SamplePass<,>), Samples<SoftmaxBackward<T>>),
        new(Named("log-softmax"), typeof(SamplePass<,>), Samples<LogSoftmaxForward<T>>),
        new(Named("log-softmax back"), typeof(SamplePass<,>), Samples<LogSoftmaxBackward<T>>),
        new(Named("cross-entropy"), typeof(LossPass<>), CrossEntropy),
        new(Named("soft cross-entropy"), typeof(LossPass<>), SoftCrossEntropy),
        new(Named("multiclass hinge"), typeof(LossPass<>), Hinge),
        new(Named("squared error"), typeof(LossPass<>), Elements<SquaredErrorStep<T>>),
        new(Named("absolute error"), typeof(LossPass<>), Elements<AbsoluteErrorStep<T>>),
        new(Named("Huber"), typeof(LossPass<>), Elements<HuberStep<T>>),
        new(Named("binary cross-entropy"), typeof(LossPass<>), Elements<BinaryCrossEntropyStep<T>>),
        new(Named("divergence"), typeof(LossPass<>), Elements<DivergenceStep<T>>),
        new(Named("rows scaled"), typeof(LossPass<>), ScaleRows),
        new(Named("transposition"), typeof(TransposedCopy<>), Transpose),
        new(Named("samples gathered"), typeof(SampleGather<>), GatherSamples),
        new(Named("uniform numbers"), typeof(PhiloxFill<>), Fill),
        new(Named("mask"), typeof(PhiloxFill<>), FillMask),
        new(Named("moments"), typeof(Moments<>), ComputeMoments),
        new(Named("entries by column"), typeof(EntryPass<,,,>), ByColumn<StandardizeBackward<T>>),
        new(Named("entries and sums by column"), typeof(EntryPass<,,,>), ByColumn<RectifyColumnBackward<T>>),
        new(Named("entries by row"), typeof(EntryPass<,,,>), ByRow<StandardizeRowBackward<T>, No>),
        new(Named("sums of rows"), typeof(EntryPass<,,,>), ByRow<RowGradientSums<T>, Yes>),
    ];

    private static string Named(string name) => $"{name}<{typeof(T).Name}>";

    private static void SumRows(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix();
        int stride = rows + draws.Gap("gap");
        RowSum<T>.Run(arena.Numbers<T>(Draws.LengthOf(rows, columns, stride)), rows, stride, arena.Numbers<T>(columns), T.CreateTruncating(draws.Factor("beta")));
    }

    private static void AddRow(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        int stride = rows + draws.Gap("gap");
        Rows.AddToEach(arena.Numbers<T>(Draws.LengthOf(rows, columns, stride)), rows, stride, arena.Numbers<T>(columns));
    }

    private static void SumColumns(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix();
        Columns<T>.Sum(arena.Numbers<T>(rows * columns), columns, arena.Numbers<T>(rows), T.CreateTruncating(draws.Factor("beta")));
    }

    private static void AddColumn(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix();
        Columns<T>.AddToEach(arena.Numbers<T>(rows * columns), columns, arena.Numbers<T>(rows));
    }

    private static void GatherRows(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        int count = draws.Length("indices", 300);
        RowGather<T>.Run(arena.Numbers<T>(rows * columns), rows, arena.Indices(count, rows), arena.Numbers<T>(count * columns), columns);
    }

    private static void ScatterRows(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        int count = draws.Length("indices", 300), stride = count + draws.Gap("gap");
        RowScatter<T>.Run(
            arena.Numbers<T>(Draws.LengthOf(count, columns, stride)), stride, arena.Indices(count, rows), arena.Numbers<T>(rows * columns), rows, columns, Half,
            T.CreateTruncating(draws.Factor("beta")));
    }

    // Rows that are named twice are not what the pass is for, but it reaches no further for them.
    private static void UpdateRows<TOperation>(Draws draws, Arena arena, bool hasThird) where TOperation : struct, IElementwiseOperation<T>
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        int count = draws.Length("indices", 300), stride = count + draws.Gap("gap");
        RowsPass<T, TOperation>.Run(
            default, arena.Numbers<T>(Draws.LengthOf(count, columns, stride)), stride, arena.Indices(count, rows), arena.Numbers<T>(rows * columns),
            arena.Numbers<T>(rows * columns), hasThird ? arena.Numbers<T>(rows * columns) : [], rows, columns);
    }

    private static void ScaleByBeta(Draws draws, Arena arena) => Beta.Apply(arena.Numbers<T>(draws.Length("length", 5000)), T.CreateTruncating(draws.Factor("beta")));

    private static void Samples<TFormula>(Draws draws, Arena arena) where TFormula : struct, ISampleFormula<T>
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        Span<T> first = arena.Numbers<T>(rows * columns), second = arena.Numbers<T>(rows * columns);
        SamplePass<T, TFormula>.Run(default, rows, first, second, draws.Flag("in place") ? first : arena.Numbers<T>(rows * columns));
    }

    private static void CrossEntropy(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        if (columns > 0)
        {
            LossPass<T>.CrossEntropy(
                arena.Numbers<T>(rows * columns), arena.Indices(rows, columns), arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows));
        }
    }

    private static void SoftCrossEntropy(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        LossPass<T>.CrossEntropy(
            arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows));
    }

    private static void Hinge(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        if (columns > 0)
        {
            LossPass<T>.MulticlassHinge(
                arena.Numbers<T>(rows * columns), arena.Indices(rows, columns), Half, arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows));
        }
    }

    private static void Elements<TStep>(Draws draws, Arena arena) where TStep : struct, IColumnStep<T>
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        LossPass<T>.Elements<TStep>(
            Half, arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows * columns), arena.Numbers<T>(rows));
    }

    private static void ScaleRows(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        Span<T> x = arena.Numbers<T>(rows * columns);
        LossPass<T>.ScaleRows(x, arena.Numbers<T>(rows), Half, draws.Flag("in place") ? x : arena.Numbers<T>(rows * columns));
    }

    private static void Transpose(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix();
        int stride = rows + draws.Gap("gap of X"), targetStride = columns + draws.Gap("gap of Y");
        TransposedCopy<T>.Run(
            rows, columns, arena.Numbers<T>(Draws.LengthOf(rows, columns, stride)), stride, arena.Numbers<T>(Draws.LengthOf(columns, rows, targetStride)), targetStride);
    }

    private static void GatherSamples(Draws draws, Arena arena)
    {
        (int samples, int features) = draws.Matrix(leastRows: 1);
        int count = 1 + draws.Length("further indices", 300);
        SampleGather<T>.Run(arena.Numbers<T>(samples * features), features, arena.Indices(count, samples), arena.Numbers<T>(count * features));
    }

    private static void Fill(Draws draws, Arena arena) =>
        PhiloxFill<T>.Uniform(arena.Numbers<T>(draws.Length("blocks", 6000) * PhiloxFill<T>.NumbersPerBlock), 1, 2, 3);

    private static void FillMask(Draws draws, Arena arena) =>
        PhiloxFill<T>.Mask(arena.Numbers<T>(draws.Length("blocks", 6000) * PhiloxFill<float>.NumbersPerBlock), 1, 2, 3, 0.5f, T.One);

    private static void ComputeMoments(Draws draws, Arena arena)
    {
        (int rows, int columns) = draws.Matrix(leastRows: 1);
        Span<T> matrix = arena.Numbers<T>(rows * columns);
        if (draws.Flag("of rows"))
        {
            Moments<T>.OfRows(matrix, columns, arena.Numbers<T>(rows), arena.Numbers<T>(rows));
        }
        else
        {
            Moments<T>.OfColumns(matrix, rows, arena.Numbers<T>(columns), arena.Numbers<T>(columns));
        }
    }

    private static void ByColumn<TFormula>(Draws draws, Arena arena) where TFormula : struct, IEntryFormula<T>
    {
        (int rows, int columns) = draws.Matrix();
        Span<T> first = arena.Numbers<T>(rows * columns), second = arena.Numbers<T>(rows * columns);
        EntryPass<T, TFormula, No, No>.Run(
            rows, columns, first, second, draws.Flag("in place") ? first : arena.Numbers<T>(rows * columns), arena.Numbers<T>(TFormula.Numbers * columns),
            arena.Numbers<T>(TFormula.Sums * columns));
    }

    private static void ByRow<TFormula, TSumsRows>(Draws draws, Arena arena)
        where TFormula : struct, IEntryFormula<T>
        where TSumsRows : struct, IFlag
    {
        (int rows, int columns) = draws.Matrix();
        Span<T> first = arena.Numbers<T>(rows * columns), second = arena.Numbers<T>(rows * columns);
        EntryPass<T, TFormula, Yes, TSumsRows>.Run(
            rows, columns, first, second, TFormula.Writes ? arena.Numbers<T>(rows * columns) : default, arena.Numbers<T>(TFormula.Numbers * rows),
            arena.Numbers<T>(TFormula.Sums * (TSumsRows.Value ? rows : columns)), draws.Flag("scale") ? arena.Numbers<T>(columns) : default);
    }
}
