namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>One axis of a correlation: which positions of the source each position of the target is summed of.</summary>
/// <remarks>A convolution looks from output position o at the input positions <c>o·s − p + k·d</c>. The way back looks from input position i at the outputs
/// <c>o = (i + p − k·d)/s</c> that are whole numbers: which k these are depends on i mod s, so there are s phases, in each of which the source moves by one as the
/// target moves by s.</remarks>
internal sealed class Axis
{
    private Axis(int sourceLength, int targetLength, int sourceStep, int targetStep, AxisPhase[] phases) =>
        (SourceLength, TargetLength, SourceStep, TargetStep, Phases) = (sourceLength, targetLength, sourceStep, targetStep, phases);

    /// <summary>Positions of the source.</summary>
    public int SourceLength { get; }

    /// <summary>Positions of the target.</summary>
    public int TargetLength { get; }

    /// <summary>How far the source moves from one position of a phase to the next.</summary>
    public int SourceStep { get; }

    /// <summary>How far the target moves from one position of a phase to the next.</summary>
    public int TargetStep { get; }

    /// <summary>The phases; position t belongs to phase <c>t mod TargetStep</c>.</summary>
    public AxisPhase[] Phases { get; }

    /// <summary>The axis of a convolution, from input to output.</summary>
    public static Axis Forward(int input, int output, int kernel, int stride, int padding, int dilation)
    {
        int[] elements = [.. Enumerable.Range(0, kernel).Where(k => Touches((k * dilation) - padding, stride, output, input))];
        return new Axis(input, output, stride, 1, [new AxisPhase(0, output, elements, [.. elements.Select(k => (k * dilation) - padding)])]);
    }

    /// <summary>The same axis from output to input: the source is the output.</summary>
    public static Axis Transposed(int input, int output, int kernel, int stride, int padding, int dilation)
    {
        var phases = new AxisPhase[Math.Min(stride, input)];
        for (int first = 0; first < phases.Length; first++)
        {
            int from = first + padding, count = ((input - first - 1) / stride) + 1;
            int[] elements = [.. Enumerable.Range(0, kernel).Reverse()
                .Where(k => (from - (k * dilation)) % stride == 0 && Touches((from - (k * dilation)) / stride, 1, count, output))];
            phases[first] = new AxisPhase(first, count, elements, [.. elements.Select(k => (from - (k * dilation)) / stride)]);
        }

        return new Axis(output, input, 1, stride, phases);
    }

    /// <summary>The elements of a phase that look at a position of the source, for one position of the target: a range, as shifts ascend.</summary>
    public (int First, int End) ElementsAt(AxisPhase phase, int j)
    {
        int first = 0, end = phase.Shifts.Length, moved = j * SourceStep;
        while (first < end && phase.Shifts[first] + moved < 0)
        {
            first++;
        }

        while (end > first && phase.Shifts[end - 1] + moved >= SourceLength)
        {
            end--;
        }

        return (first, end);
    }

    // Whether any of count positions, a step apart from a shift on, lies within the source.
    private static bool Touches(int shift, int step, int count, int source)
    {
        long j = shift >= 0 ? 0 : (-(long)shift + step - 1) / step;
        return j < count && shift + (j * step) < source;
    }
}
