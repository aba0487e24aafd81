using NeuralNet.Core.Kernels.Recurrent;
using NeuralNet.Core.Operations;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Kernels do not look at what they are given, so every operation on memory refuses arguments that are one element too short or too long, and results that
/// share as much as one element with another argument. A new operation is tested by adding a line here.</summary>
internal sealed class OperandContractTests
{
    private delegate void Run(Memory<double>[] a);

    private static IEnumerable<Operation> All()
    {
        var attention = new AttentionShape(2, 2, 3, 3, 2, IsCausal: false);
        yield return new("attention", "query 24, key 24, value 24, presence 6, *probabilities 36, *output 24",
            a => AttentionOperations.Forward<double>(attention, a[0].Span, a[1].Span, a[2].Span, a[3].Span, a[4].Span, a[5].Span));
        yield return new("attention, backward",
            "query 24, key 24, value 24, probabilities 36, upstream 24, *queryGradient 24, *keyGradient 24, *valueGradient 24",
            a => AttentionOperations.Backward<double>(attention, a[0].Span, a[1].Span, a[2].Span, a[3].Span, a[4].Span, a[5].Span, a[6].Span, a[7].Span));
        yield return new("to heads", "steps 24, *panels 24", a => AttentionOperations.ToHeads<double>(a[0].Span, 2, 4, 2, a[1].Span));
        yield return new("from heads", "panels 24, *steps 24", a => AttentionOperations.FromHeads<double>(a[0].Span, 2, 4, 2, a[1].Span));
        yield return new("rotate", "*panels 24, cosines 10, sines 10", a => AttentionOperations.Rotate<double>(a[0].Span, 2, 4, a[1].Span, a[2].Span, 1, isBack: false));
        yield return new("moments of rows", "x 12, *mean 4, *variance 4", a => NormalizationOperations.RowMoments<double>(a[0].Span, 3, a[1].Span, a[2].Span));
        yield return new("moments of columns", "x 12, *mean 3, *variance 3", a => NormalizationOperations.ColumnMoments<double>(a[0].Span, 4, a[1].Span, a[2].Span));
        yield return new("standardize rows", "x 12, numbers 8, scale 3, shift 3, *y 12",
            a => NormalizationOperations.StandardizeRows<double>(a[0].Span, 3, a[1].Span, a[2].Span, a[3].Span, a[4].Span));
        yield return new("standardize columns", "x 12, numbers 9, *y 12", a => NormalizationOperations.StandardizeColumns<double>(a[0].Span, 4, a[1].Span, a[2].Span));
        yield return new("sums for gradients of rows", "upstream 12, x 12, numbers 8, scale 3, *sums 8",
            a => NormalizationOperations.RowGradientSums<double>(a[0].Span, 3, a[1].Span, a[2].Span, a[3].Span, a[4].Span));
        yield return new("sums for gradients of columns", "upstream 12, x 12, mean 3, *sums 6",
            a => NormalizationOperations.ColumnGradientSums<double>(a[0].Span, 4, a[1].Span, a[2].Span, a[3].Span));
        yield return new("standardize rows, backward", "upstream 12, x 12, numbers 16, scale 3, *downstream 12, *sums 6",
            a => NormalizationOperations.StandardizeRowsBackward<double>(a[0].Span, 3, a[1].Span, a[2].Span, a[3].Span, a[4].Span, a[5].Span));
        yield return new("standardize columns, backward", "upstream 12, x 12, numbers 12, *downstream 12",
            a => NormalizationOperations.StandardizeColumnsBackward<double>(a[0].Span, 4, a[1].Span, a[2].Span, a[3].Span));
        yield return new("rectify", "x 12, slopes 3, *y 12", a => SlopeOperations.Rectify<double>(a[0].Span, 4, a[1].Span, a[2].Span));
        yield return new("rectify, backward", "upstream 12, x 12, slopes 3, *downstream 12, *slopeGradients 3",
            a => SlopeOperations.RectifyBackward<double>(a[0].Span, 4, a[1].Span, a[2].Span, a[3].Span, a[4].Span));
        yield return new("squared error", "prediction 15, target 15, *slopes 15, *losses 5", a => LossOperations.SquaredError<double>(a[0].Span, a[1].Span, a[2].Span, a[3].Span));
        yield return new("absolute error", "prediction 15, target 15, *slopes 15, *losses 5", a => LossOperations.AbsoluteError<double>(a[0].Span, a[1].Span, a[2].Span, a[3].Span));
        yield return new("Huber", "prediction 15, target 15, *slopes 15, *losses 5", a => LossOperations.Huber<double>(a[0].Span, a[1].Span, 1, a[2].Span, a[3].Span));
        yield return new("binary cross-entropy", "prediction 15, target 15, *slopes 15, *losses 5",
            a => LossOperations.BinaryCrossEntropy<double>(a[0].Span, a[1].Span, 1, a[2].Span, a[3].Span));
        yield return new("Kullback-Leibler", "prediction 15, target 15, *slopes 15, *losses 5", a => LossOperations.KullbackLeibler<double>(a[0].Span, a[1].Span, a[2].Span, a[3].Span));
        yield return new("hinge", "scores 12, *slopes 12, *losses 4", a => LossOperations.MulticlassHinge<double>(a[0].Span, new int[4], 1, a[1].Span, a[2].Span));
        yield return new("scale rows", "slopes 15, weights 5, *gradient 15", a => LossOperations.ScaleRows<double>(a[0].Span, a[1].Span, 2, a[2].Span));
        yield return new("weighted sum", "losses 4, weights 4", a => LossOperations.Sum<double>(a[0].Span, a[1].Span));
        yield return new("softmax", "x 12, *y 12", a => SoftmaxOperations.Softmax<double>(a[0].Span, 4, a[1].Span));
        yield return new("logarithm of softmax", "x 12, *y 12", a => SoftmaxOperations.LogSoftmax<double>(a[0].Span, 4, a[1].Span));
        yield return new("softmax, backward", "upstream 12, y 12, *downstream 12", a => SoftmaxOperations.SoftmaxBackward<double>(a[0].Span, 4, a[1].Span, a[2].Span));
        yield return new("logarithm of softmax, backward", "upstream 12, y 12, *downstream 12", a => SoftmaxOperations.LogSoftmaxBackward<double>(a[0].Span, 4, a[1].Span, a[2].Span));
        yield return new("cross-entropy", "logits 12, *difference 12, *losses 4", a => SoftmaxOperations.CrossEntropy<double>(a[0].Span, new int[4], a[1].Span, a[2].Span));
        yield return new("cross-entropy of distributions", "logits 15, targets 15, *difference 15, *losses 5",
            a => SoftmaxOperations.CrossEntropy<double>(a[0].Span, a[1].Span, a[2].Span, a[3].Span));
        yield return new("scale", "x 12, *y 12", a => ElementwiseOperations.Scale<double>(a[0].Span, 2, a[1].Span));
        yield return new("add scaled", "x 12, *y 12", a => ElementwiseOperations.AddScaled<double>(a[0].Span, 2, a[1].Span));
        yield return new("add sign", "x 12, *y 12", a => ElementwiseOperations.AddSign<double>(a[0].Span, 2, a[1].Span));
        yield return new("multiply", "x 12, y 12, *z 12", a => ElementwiseOperations.Multiply<double>(a[0].Span, a[1].Span, a[2].Span));
        yield return new("move toward", "x 12, *y 12", a => ElementwiseOperations.MoveToward<double>(a[0].Span, 0.5, a[1].Span));
        foreach (Operation operation in Recurrent<TanhCell<double>>("RNN", static (in step) => RecurrentOperations.RNN(step), static (in step) => RecurrentOperations.RNNBackward(step))
            .Concat(Recurrent<LongShortTermCell<double>>("LSTM", static (in step) => RecurrentOperations.LSTM(step), static (in step) => RecurrentOperations.LSTMBackward(step)))
            .Concat(Recurrent<GatedCell<double>>("GRU", static (in step) => RecurrentOperations.GRU(step), static (in step) => RecurrentOperations.GRUBackward(step))))
        {
            yield return operation;
        }
    }

    private delegate void Step(in RecurrentStep<double> step);

    private delegate void StepBack(in RecurrentStepBack<double> step);

    // Two hidden values, three samples.
    private static IEnumerable<Operation> Recurrent<TCell>(string name, Step forward, StepBack backward) where TCell : struct, IRecurrentCell<double>
    {
        int gates = TCell.Gates * 6, apart = TCell.IsRecurrentApart ? gates : 0, state = TCell.HasState ? 6 : 0, kept = TCell.Keeps ? 6 : 0, bias = TCell.Biases * 2;
        yield return new(name, $"*gates {gates}, recurrent {apart}, bias {bias}, previousState {state}, *state {state}, *kept {kept}, previousOutput 6, *output 6", a => forward(new()
        {
            Hidden = 2,
            Samples = 3,
            Stride = 2,
            Gates = a[0].Span,
            Recurrent = a[1].Span,
            Bias = a[2].Span,
            PreviousState = a[3].Span,
            State = a[4].Span,
            Kept = a[5].Span,
            PreviousOutput = a[6].Span,
            Output = a[7].Span,
        }))
        { MayBeLonger = ["previousOutput", "output"] };
        int previous = TCell.IsRecurrentApart ? 6 : 0;
        yield return new(
            $"{name}, backward",
            $"gates {gates}, previousState {state}, kept {kept}, previousOutput {previous}, upstream 6, *outputGradient 6, *stateGradient {state}, *gateGradients {gates}, " +
            $"*recurrentGradients {apart}, *biasSums {bias}",
            a => backward(new()
            {
                Hidden = 2,
                Samples = 3,
                Stride = 2,
                Gates = a[0].Span,
                PreviousState = a[1].Span,
                Kept = a[2].Span,
                PreviousOutput = a[3].Span,
                Upstream = a[4].Span,
                OutputGradient = a[5].Span,
                StateGradient = a[6].Span,
                GateGradients = a[7].Span,
                RecurrentGradients = a[8].Span,
                BiasSums = a[9].Span,
            }))
        { MayBeLonger = ["previousOutput", "upstream"] };
    }

    private static IEnumerable<string> Names() => All().Select(operation => operation.Name);

    [TestCaseSource(nameof(Names))]
    public void Operation_MemoryThatFits_IsTaken(string name)
    {
        Operation operation = Get(name);
        Should.NotThrow(() => operation.Run(operation.Memory()));
    }

    [TestCaseSource(nameof(Names))]
    public void Operation_OneElementTooFewOrTooMany_IsRefused(string name)
    {
        Operation operation = Get(name);
        for (int i = 0; i < operation.Arguments.Length; i++)
        {
            foreach (int change in (ReadOnlySpan<int>)[-1, 1])
            {
                if ((change < 0 && operation.Arguments[i].Length == 0) || (change > 0 && operation.MayBeLonger.Contains(operation.Arguments[i].Name)))
                {
                    continue;
                }

                Memory<double>[] memory = operation.Memory();
                memory[i] = new double[memory[i].Length + change];
                Should.Throw<ArgumentException>(() => operation.Run(memory), $"{operation.Arguments[i].Name} with {change} elements more");
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Operation_ResultThatSharesAnElementWithAnother_IsRefused(string name)
    {
        Operation operation = Get(name);
        for (int result = 0; result < operation.Arguments.Length; result++)
        {
            for (int other = 0; other < operation.Arguments.Length; other++)
            {
                (_, int length, bool isWritten) = operation.Arguments[result];
                int otherLength = operation.Arguments[other].Length;
                if (!isWritten || other == result || length == 0 || otherLength == 0)
                {
                    continue;
                }

                double[] shared = new double[length + otherLength - 1];
                Memory<double>[] memory = operation.Memory();
                (memory[result], memory[other]) = (shared.AsMemory(0, length), shared.AsMemory(length - 1, otherLength));
                Should.Throw<ArgumentException>(() => operation.Run(memory), $"{operation.Arguments[result].Name} over {operation.Arguments[other].Name}");
            }
        }
    }

    private static Operation Get(string name) => All().Single(operation => operation.Name == name);

    /// <param name="Name">What it is called here.</param>
    /// <param name="Text">Names and lengths of the memory it takes; a star before what is written.</param>
    /// <param name="Run">Runs it.</param>
    private sealed record Operation(string Name, string Text, Run Run)
    {
        public (string Name, int Length, bool IsWritten)[] Arguments { get; } =
        [
            .. Text.Split(", ").Select(argument => argument.Split(' ')).Select(parts => (parts[0].TrimStart('*'), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[0][0] == '*')),
        ];

        /// <summary>What is a column of a longer matrix.</summary>
        public string[] MayBeLonger { get; init; } = [];

        public Memory<double>[] Memory() => [.. Arguments.Select(argument => (Memory<double>)Enumerable.Repeat(0.5, argument.Length).ToArray())];
    }
}
