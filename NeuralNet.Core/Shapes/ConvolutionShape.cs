using NeuralNet.Core.Kernels.Convolution;

namespace NeuralNet.Core.Shapes;

/// <summary>The sizes of a convolution: which samples it takes, its window, its groups, and which samples it gives.</summary>
/// <remarks>
/// <para>The input has C channels, the output M, both in G groups: the output channels of a group look at the input channels of that group only. With C groups and as many
/// output channels a convolution is depthwise. The weight is a matrix <c>[(C/G·kh·kw)×M]</c>, whose memory is PyTorch's <c>[M, C/G, kh, kw]</c>.</para>
/// <para><b>Threads.</b> Immutable.</para>
/// </remarks>
public sealed class ConvolutionShape
{
    /// <summary>The sizes, checked.</summary>
    /// <param name="input">The samples that it takes: a sequence or an image of C channels.</param>
    /// <param name="outputs">M, output channels, 1 or more, a multiple of the groups.</param>
    /// <param name="window">The window. On a sequence a single number stands for its axis.</param>
    /// <param name="groups">G, 1 or more, a divisor of C; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The input is a vector, the window is larger than the padded input, or the groups do not divide the channels.</exception>
    public ConvolutionShape(SampleShape input, int outputs, Window window, int groups = 1)
    {
        const string Who = "A convolution";
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window.Elements, 1, nameof(window));
        if (input.Channels % groups != 0 || outputs % groups != 0)
        {
            throw new ArgumentException(
                $"{Who} from {input.Channels} to {outputs} channels cannot have {groups} groups: they must divide both numbers of channels.", nameof(groups));
        }

        Window = window.For(input, Who);
        Extent positions = Window.Positions(input, Who);
        (Input, Groups) = (input, groups);
        Output = input.Rank == 1 ? SampleShape.Sequence(outputs, positions.Width) : SampleShape.Image(outputs, positions.Height, positions.Width);
        long rows = (long)input.Channels / groups * Window.Elements;
        if (rows * outputs > Array.MaxLength)
        {
            throw new ArgumentException($"{Who} with a weight [{rows}×{outputs}] has more elements than an array holds.", nameof(outputs));
        }

        WeightRows = (int)rows;
        Forward = CorrelationPlan.Of(this, isTransposed: false);
        Transposed = CorrelationPlan.Of(this, isTransposed: true);
    }

    /// <summary>The samples that it takes.</summary>
    public SampleShape Input { get; }

    /// <summary>The samples that it gives.</summary>
    public SampleShape Output { get; }

    /// <summary>The window, as it moves over the samples.</summary>
    public Window Window { get; }

    /// <summary>G, the groups of channels.</summary>
    public int Groups { get; }

    /// <summary>Rows of the weight, <c>C/G·kh·kw</c>: what one output is summed of.</summary>
    public int WeightRows { get; }

    /// <summary>Whether it looks at one position at a time, in the order of the input, in one group: then it is a product of matrices.</summary>
    internal bool IsProduct =>
        Groups == 1 && Window.Elements == 1 && Window.Stride == 1 && Window.Padding == default;

    /// <summary>How outputs are summed of inputs.</summary>
    internal CorrelationPlan Forward { get; }

    /// <summary>How gradients by inputs are summed of gradients by outputs.</summary>
    internal CorrelationPlan Transposed { get; }
}
