namespace NeuralNet.Core.Shapes;

/// <summary>The sizes of a pooling: which samples it takes, its window, and which samples it gives. Each channel is pooled alone.</summary>
/// <remarks><b>Threads.</b> Immutable.</remarks>
public sealed class PoolingShape
{
    /// <summary>The sizes, checked.</summary>
    /// <param name="input">The samples that it takes: sequences or images.</param>
    /// <param name="window">The window, without dilation, its padding smaller than its kernel, so that no window lies outside of the image. On a sequence a single number
    /// stands for its axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">The padding is not smaller than the kernel, or there is a dilation.</exception>
    /// <exception cref="ArgumentException">The input is a vector, or the window is larger than the padded input.</exception>
    public PoolingShape(SampleShape input, Window window)
    {
        const string Who = "A pooling";
        ArgumentOutOfRangeException.ThrowIfLessThan(window.Elements, 1, nameof(window));
        Window = window.For(input, Who);
        if (Window.Padding.Height >= Window.Kernel.Height || Window.Padding.Width >= Window.Kernel.Width)
        {
            throw new ArgumentOutOfRangeException(
                nameof(window), window.Padding, $"{Who} needs a padding smaller than its kernel of {window.Kernel}, or there would be windows with nothing in them.");
        }

        if (Window.Dilation != 1)
        {
            throw new ArgumentOutOfRangeException(nameof(window), window.Dilation, $"{Who} has no dilation.");
        }

        Extent positions = Window.Positions(input, Who);
        Input = input;
        IsPartition = Window.Stride == Window.Kernel && Window.Padding == default
            && input.Height % Window.Kernel.Height == 0 && input.Width % Window.Kernel.Width == 0;
        Output = input.Rank == 1
            ? SampleShape.Sequence(input.Channels, positions.Width) : SampleShape.Image(input.Channels, positions.Height, positions.Width);
    }

    /// <summary>The samples that it takes.</summary>
    public SampleShape Input { get; }

    /// <summary>The samples that it gives.</summary>
    public SampleShape Output { get; }

    /// <summary>The window, as it moves over the samples.</summary>
    public Window Window { get; }

    /// <summary>Whether each input belongs to exactly one window.</summary>
    internal bool IsPartition { get; }
}
