namespace NeuralNet.Core.Shapes;

/// <summary>How a kernel or a pooling window moves over the positions of a sample: its size, how far apart its steps, its elements, and what is added at the edges.</summary>
/// <remarks>
/// <para>Along an axis of length L, output position o looks at the positions <c>o·stride − padding + k·dilation</c> for k from 0 to kernel − 1; what lies outside of the
/// axis is padding. There are <c>⌊(L + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1</c> output positions, as in PyTorch.</para>
/// <para>A default value is no window. <b>Threads.</b> Immutable.</para>
/// </remarks>
public readonly record struct Window
{
    /// <summary>A window.</summary>
    /// <param name="kernel">Its size, 1 or more along each axis.</param>
    /// <param name="stride">From one position of the window to the next, 1 or more; null (the default) for 1.</param>
    /// <param name="padding">What is added at each of both ends of an axis, 0 or more; 0 by default.</param>
    /// <param name="dilation">From one element of the window to the next, 1 or more; null (the default) for 1: side by side.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Window(Extent kernel, Extent? stride = null, Extent padding = default, Extent? dilation = null)
    {
        (Kernel, Stride, Padding, Dilation) = (kernel, stride ?? 1, padding, dilation ?? 1);
        ThrowIfLess(Kernel, 1, nameof(kernel));
        ThrowIfLess(Stride, 1, nameof(stride));
        ThrowIfLess(Padding, 0, nameof(padding));
        ThrowIfLess(Dilation, 1, nameof(dilation));
        if ((long)Kernel.Height * Kernel.Width > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "The kernel of a window has more elements than an array holds.");
        }
    }

    /// <summary>The size of the window.</summary>
    public Extent Kernel { get; }

    /// <summary>From one position of the window to the next.</summary>
    public Extent Stride { get; }

    /// <summary>What is added at each of both ends of an axis.</summary>
    public Extent Padding { get; }

    /// <summary>From one element of the window to the next.</summary>
    public Extent Dilation { get; }

    /// <summary>Elements of the window: height × width.</summary>
    public int Elements => Kernel.Height * Kernel.Width;

    /// <summary>The same window for samples of a shape: on a sequence, which has one axis, a single number stands for that axis.</summary>
    /// <param name="input">The shape, with positions.</param>
    /// <param name="who">Who asks, for the message.</param>
    /// <exception cref="ArgumentException">The shape is a vector, or a sequence and the window has two different numbers.</exception>
    public Window For(SampleShape input, string who)
    {
        if (input.Rank == 0)
        {
            throw new ArgumentException(
                $"{who} moves over the positions of a sample: it takes sequences C×T or images C×H×W, got samples of {input}, a vector. " +
                "Give a shape made by SampleShape.Sequence or SampleShape.Image.", nameof(input));
        }

        return input.Rank == 2
            ? this
            : new Window(
                (1, Single(Kernel, 1, "kernel", who)), new Extent(1, Single(Stride, 1, "stride", who)), (0, Single(Padding, 0, "padding", who)),
                new Extent(1, Single(Dilation, 1, "dilation", who)));
    }

    /// <summary>The output positions along both axes, for samples of a shape.</summary>
    /// <param name="input">The shape of the input.</param>
    /// <param name="who">Who asks, for the message.</param>
    /// <exception cref="ArgumentException">The window is larger than the padded input.</exception>
    public Extent Positions(SampleShape input, string who)
    {
        if (input.Height + (2L * Padding.Height) > int.MaxValue || input.Width + (2L * Padding.Width) > int.MaxValue)
        {
            throw new ArgumentException($"{who} of samples of {input} has a padding of {Padding.For(input)} at each end; an axis has at most {int.MaxValue} positions with it.", nameof(input));
        }

        long height = PositionsOf(input.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height);
        long width = PositionsOf(input.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width);
        return height > 0 && width > 0
            ? new Extent((int)Math.Min(height, int.MaxValue), (int)Math.Min(width, int.MaxValue))
            : throw new ArgumentException(
                $"{who} has a window of {Reach(input)}, which is larger than samples of {input} with a padding of {Padding.For(input)} at each end: " +
                "take a smaller kernel or dilation, or more padding.", nameof(input));
    }

    // The positions that the window spans.
    private string Reach(SampleShape input)
    {
        long height = ((long)Dilation.Height * (Kernel.Height - 1)) + 1, width = ((long)Dilation.Width * (Kernel.Width - 1)) + 1;
        return input.Rank == 1 ? $"{width}" : $"{height}×{width}";
    }

    private static long PositionsOf(int length, int kernel, int stride, int padding, int dilation)
    {
        long room = length + (2L * padding) - ((long)dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }

    private static int Single(Extent extent, int none, string what, string who) => extent.Height == extent.Width || extent.Height == none
        ? extent.Width
        : throw new ArgumentException($"{who} is on a sequence, which has one axis: its {what} is one number, got {extent}.", what);

    private static void ThrowIfLess(Extent extent, int least, string name)
    {
        if (extent.Height < least || extent.Width < least)
        {
            throw new ArgumentOutOfRangeException(name, extent, $"The {name} of a window is {least} or more along each axis.");
        }
    }
}
