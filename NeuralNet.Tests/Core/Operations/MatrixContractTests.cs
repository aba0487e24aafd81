using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Operations on matrices refuse a matrix that is not there, one of another shape with as many elements or with more, and results that are in the same memory as another
/// argument. A new operation is tested by adding a line here.</summary>
internal sealed class MatrixContractTests
{
    private delegate void Run(Matrix<double>[] a);

    private static IEnumerable<Operation> All()
    {
        var convolution = new ConvolutionShape(SampleShape.Image(2, 3, 4), 3, new Window(2));
        var pooling = new PoolingShape(SampleShape.Image(2, 4, 6), new Window(2, 2));
        yield return new("convolution", "input 5 24, weight 8 3, bias 1 3, *output 5 18", a => ConvolutionOperations.Forward(convolution, a[0], a[1], a[2], a[3])) { Optional = ["bias"] };
        yield return new("convolution, input", "upstream 5 18, weight 8 3, *downstream 5 24", a => ConvolutionOperations.BackwardInput(convolution, a[0], a[1], a[2]));
        yield return new("convolution, weight", "input 5 24, upstream 5 18, *gradient 8 3", a => ConvolutionOperations.BackwardWeight(convolution, a[0], a[1], a[2]));
        yield return new("convolution, bias", "upstream 5 18, *gradient 1 3", a => ConvolutionOperations.BackwardBias(SampleShape.Image(3, 2, 3), a[0], a[1])) { AnyRows = ["upstream"] };
        yield return new("max pool", "input 5 48, *output 5 12", a => PoolingOperations.Max(pooling, a[0], a[1]));
        yield return new("max pool, backward", "upstream 5 12, input 5 48, output 5 12, *downstream 5 48", a => PoolingOperations.MaxBackward(pooling, a[0], a[1], a[2], a[3]));
        yield return new("sum pool", "input 5 48, *output 5 12", a => PoolingOperations.Sum(pooling, a[0], a[1], 4));
        yield return new("sum pool, backward", "upstream 5 12, *downstream 5 48", a => PoolingOperations.SumBackward(pooling, a[0], a[1], 4));
        yield return new("similarity", "memory 5 12, key 5 3, *similarity 5 4", a => MemoryOperations.Similarity(a[0], a[1], 0.1, a[2]));
        yield return new("similarity, backward", "upstream 5 4, memory 5 12, key 5 3, *memoryGradient 5 12, *keyGradient 5 3",
            a => MemoryOperations.SimilarityBackward(a[0], a[1], a[2], 0.1, a[3], false, a[4]))
        { Optional = ["memoryGradient", "keyGradient"] };
        yield return new("read", "memory 5 12, weights 5 4, *read 5 3", a => MemoryOperations.Read(a[0], a[1], a[2]));
        yield return new("read, backward", "upstream 5 3, memory 5 12, weights 5 4, *memoryGradient 5 12, *weightsGradient 5 4",
            a => MemoryOperations.ReadBackward(a[0], a[1], a[2], a[3], false, a[4]))
        { Optional = ["memoryGradient", "weightsGradient"] };
        yield return new("write", "memory 5 12, weights 5 4, erase 5 3, add 5 3, *written 5 12", a => MemoryOperations.Write(a[0], a[1], a[2], a[3], a[4]));
        yield return new(
            "write, backward",
            "upstream 5 12, memory 5 12, weights 5 4, erase 5 3, add 5 3, *memoryGradient 5 12, *weightsGradient 5 4, *eraseGradient 5 3, *addGradient 5 3",
            a => MemoryOperations.WriteBackward(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]))
        { Optional = ["memoryGradient"], MayBe = [("memoryGradient", "upstream")] };
        yield return new("scale rows", "x 5 4, factors 5 1, *y 5 4", a => WeightingOperations.Scale(a[0], a[1], a[2]));
        yield return new("scale rows, backward", "upstream 5 4, x 5 4, factors 5 1, *xGradient 5 4, *factorsGradient 5 1",
            a => WeightingOperations.ScaleBackward(a[0], a[1], a[2], a[3], a[4]))
        { Optional = ["xGradient", "factorsGradient"] };
        // Of such sizes that two results can be in one memory.
        yield return new("similarity of one location, backward", "upstream 5 1, memory 5 3, key 5 3, *memoryGradient 5 3, *keyGradient 5 3",
            a => MemoryOperations.SimilarityBackward(a[0], a[1], a[2], 0.1, a[3], false, a[4]))
        { Optional = ["memoryGradient", "keyGradient"] };
        yield return new("read of width one, backward", "upstream 5 1, memory 5 4, weights 5 4, *memoryGradient 5 4, *weightsGradient 5 4",
            a => MemoryOperations.ReadBackward(a[0], a[1], a[2], a[3], false, a[4]))
        { Optional = ["memoryGradient", "weightsGradient"] };
        yield return new("scale rows of one column, backward", "upstream 5 1, x 5 1, factors 5 1, *xGradient 5 1, *factorsGradient 5 1",
            a => WeightingOperations.ScaleBackward(a[0], a[1], a[2], a[3], a[4]))
        { Optional = ["xGradient", "factorsGradient"] };
        yield return new("shift by any location, backward", "upstream 5 3, weights 5 3, shares 5 3, *weightsGradient 5 3, *sharesGradient 5 3",
            a => WeightingOperations.ShiftBackward(a[0], a[1], a[2], a[3], a[4]))
        { Optional = ["weightsGradient", "sharesGradient"] };
        yield return new("sharpen one location, backward", "upstream 5 1, weights 5 1, powers 5 1, sharpened 5 1, *weightsGradient 5 1, *powersGradient 5 1",
            a => WeightingOperations.SharpenBackward(a[0], a[1], a[2], a[3], a[4], a[5]))
        { Optional = ["weightsGradient", "powersGradient"] };
        yield return new("interpolate", "shares 5 1, x 5 4, y 5 4, *z 5 4", a => WeightingOperations.Interpolate(a[0], a[1], a[2], a[3]));
        yield return new("interpolate, backward", "upstream 5 4, shares 5 1, x 5 4, y 5 4, *sharesGradient 5 1, *xGradient 5 4, *yGradient 5 4",
            a => WeightingOperations.InterpolateBackward(a[0], a[1], a[2], a[3], a[4], a[5], a[6]))
        { Optional = ["sharesGradient", "xGradient", "yGradient"] };
        yield return new("shift", "weights 5 4, shares 5 3, *shifted 5 4", a => WeightingOperations.Shift(a[0], a[1], a[2]));
        yield return new("shift, backward", "upstream 5 4, weights 5 4, shares 5 3, *weightsGradient 5 4, *sharesGradient 5 3",
            a => WeightingOperations.ShiftBackward(a[0], a[1], a[2], a[3], a[4]))
        { Optional = ["weightsGradient", "sharesGradient"] };
        yield return new("sharpen", "weights 5 4, powers 5 1, *sharpened 5 4", a => WeightingOperations.Sharpen(a[0], a[1], a[2]));
        yield return new("sharpen, backward", "upstream 5 4, weights 5 4, powers 5 1, sharpened 5 4, *weightsGradient 5 4, *powersGradient 5 1",
            a => WeightingOperations.SharpenBackward(a[0], a[1], a[2], a[3], a[4], a[5]))
        { Optional = ["weightsGradient", "powersGradient"] };
    }

    private static IEnumerable<string> Names() => All().Select(operation => operation.Name);

    [TestCaseSource(nameof(Names))]
    public void Operation_MatricesThatFit_AreTaken(string name)
    {
        Operation operation = Get(name);
        Should.NotThrow(() => operation.Run(operation.Matrices()));
    }

    [TestCaseSource(nameof(Names))]
    public void Operation_NoMatrixOrOneOfAnotherShape_IsRefused(string name)
    {
        Operation operation = Get(name);
        for (int i = 0; i < operation.Arguments.Length; i++)
        {
            (string argument, int rows, int columns, _) = operation.Arguments[i];
            Matrix<double>?[] others =
            [
                .. operation.Optional.Contains(argument) ? Array.Empty<Matrix<double>?>() : [null],
                .. operation.AnyRows.Contains(argument) ? Array.Empty<Matrix<double>>() : [Of(rows + 1, columns), Of(rows - 1, columns)],
                Of(rows, columns + 1), Of(columns, rows),
            ];
            foreach (Matrix<double>? other in others)
            {
                Matrix<double>[] matrices = operation.Matrices();
                matrices[i] = other!;
                Should.Throw<ArgumentException>(() => operation.Run(matrices), $"{argument} as {other?.Shape().ToString() ?? "null"}");
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Operation_ResultInTheMemoryOfAnother_IsRefused(string name)
    {
        Operation operation = Get(name);
        for (int result = 0; result < operation.Arguments.Length; result++)
        {
            for (int other = 0; other < operation.Arguments.Length; other++)
            {
                (string resultName, int rows, int columns, bool isWritten) = operation.Arguments[result];
                (string otherName, int otherRows, int otherColumns, _) = operation.Arguments[other];
                if (isWritten && other != result && rows * columns == otherRows * otherColumns && !operation.MayBe.Contains((resultName, otherName)))
                {
                    Matrix<double>[] matrices = operation.Matrices();
                    matrices[result] = Matrix<double>.Build.Dense(rows, columns, matrices[other].AsColumnMajorArray());
                    Should.Throw<ArgumentException>(() => operation.Run(matrices), $"{resultName} over {otherName}");
                }
            }
        }
    }

    private static Matrix<double> Of(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, 0.5);

    private static Operation Get(string name) => All().Single(operation => operation.Name == name);

    /// <param name="Name">What it is called here.</param>
    /// <param name="Text">Names, rows and columns of the matrices it takes; a star before what is written.</param>
    /// <param name="Run">Runs it.</param>
    private sealed record Operation(string Name, string Text, Run Run)
    {
        public (string Name, int Rows, int Columns, bool IsWritten)[] Arguments { get; } =
        [
            .. Text.Split(", ").Select(argument => argument.Split(' ')).Select(parts => (parts[0].TrimStart('*'), Number(parts[1]), Number(parts[2]), parts[0][0] == '*')),
        ];

        public string[] Optional { get; init; } = [];

        public string[] AnyRows { get; init; } = [];

        public (string Result, string Other)[] MayBe { get; init; } = [];

        public Matrix<double>[] Matrices() => [.. Arguments.Select(argument => Of(argument.Rows, argument.Columns))];

        private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
