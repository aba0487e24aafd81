using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>How each position of a target is summed of positions and channels of a source: a convolution, or its way back.</summary>
internal sealed class CorrelationPlan
{
    private CorrelationPlan(Axis rows, Axis columns)
    {
        (Rows, Columns, Layout) = (rows, columns, new RowLayout(columns));
        TargetPositions = [.. Enumerable.Range(0, columns.TargetLength)];
        StepOffsets = new int[rows.Phases.Length * columns.Phases.Length];
    }

    /// <summary>The axis of the rows of images; of length 1 for sequences.</summary>
    public Axis Rows { get; }

    /// <summary>The axis of the columns of images, or the steps of sequences.</summary>
    public Axis Columns { get; }

    /// <summary>Where a packed row of the source has its positions.</summary>
    public RowLayout Layout { get; }

    /// <summary>The positions of a row of the target, in order: how it is packed for the gradient by the weight.</summary>
    public int[] TargetPositions { get; }

    /// <summary>Groups.</summary>
    public required int Groups { get; init; }

    /// <summary>Channels of the source, of one group.</summary>
    public required int SourceChannels { get; init; }

    /// <summary>Channels of the target, of one group.</summary>
    public required int TargetChannels { get; init; }

    /// <summary>Elements of the weight from one source channel to the next.</summary>
    public required int WeightOfSource { get; init; }

    /// <summary>Elements of the weight from one target channel to the next.</summary>
    public required int WeightOfTarget { get; init; }

    /// <summary>Elements of the weight of a group.</summary>
    public required int WeightOfGroup { get; init; }

    /// <summary>Elements of the weight from one row of the kernel to the next.</summary>
    public required int KernelWidth { get; init; }

    /// <summary>Elements of the kernel.</summary>
    public required int KernelElements { get; init; }

    /// <summary>The same in tiles, where the kernel is of that kind; otherwise null.</summary>
    public WinogradPlan? Winograd { get; private set; }

    /// <summary>For each pair of phases, row phase by row phase, the steps of all pairs before it.</summary>
    public int[] StepOffsets { get; }

    /// <summary>The steps of all pairs of phases: each element of the kernel that matters, for each source channel.</summary>
    public int Steps { get; private set; }

    /// <summary>The plan of a convolution.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="isTransposed">Whether the gradient by the input is summed of that by the output, instead of the output of the input.</param>
    public static CorrelationPlan Of(ConvolutionShape shape, bool isTransposed)
    {
        Window window = shape.Window;
        SampleShape input = shape.Input, output = shape.Output;
        Func<int, int, int, int, int, int, Axis> axis = isTransposed ? Axis.Transposed : Axis.Forward;
        Axis rows = axis(input.Height, output.Height, window.Kernel.Height, window.Stride.Height, window.Padding.Height, window.Dilation.Height);
        Axis columns = axis(input.Width, output.Width, window.Kernel.Width, window.Stride.Width, window.Padding.Width, window.Dilation.Width);
        int inputs = input.Channels / shape.Groups, outputs = output.Channels / shape.Groups, ofInput = window.Elements, ofOutput = shape.WeightRows;
        var plan = new CorrelationPlan(rows, columns)
        {
            Groups = shape.Groups,
            SourceChannels = isTransposed ? outputs : inputs,
            TargetChannels = isTransposed ? inputs : outputs,
            WeightOfSource = isTransposed ? ofOutput : ofInput,
            WeightOfTarget = isTransposed ? ofInput : ofOutput,
            WeightOfGroup = outputs * ofOutput,
            KernelWidth = window.Kernel.Width,
            KernelElements = window.Elements,
        };
        plan.CountSteps();
        plan.Winograd = WinogradPlan.Of(plan);
        return plan;
    }

    /// <summary>The steps of a pair of phases.</summary>
    public int StepsOf(int pair) => RowPhaseOf(pair).Kernel.Length * SourceChannels * ColumnPhaseOf(pair).Kernel.Length;

    /// <summary>The phase of the rows in a pair.</summary>
    public AxisPhase RowPhaseOf(int pair) => Rows.Phases[pair / Columns.Phases.Length];

    /// <summary>The phase of the columns in a pair.</summary>
    public AxisPhase ColumnPhaseOf(int pair) => Columns.Phases[pair % Columns.Phases.Length];

    /// <summary>The number of a pair of phases.</summary>
    public int PairOf(int rowPhase, int columnPhase) => (rowPhase * Columns.Phases.Length) + columnPhase;

    private void CountSteps()
    {
        for (int pair = 0; pair < StepOffsets.Length; pair++)
        {
            StepOffsets[pair] = Steps;
            Steps += StepsOf(pair);
        }
    }
}
