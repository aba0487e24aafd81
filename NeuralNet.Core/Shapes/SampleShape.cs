namespace NeuralNet.Core.Shapes;

/// <summary>
/// What one sample, a row of a matrix, consists of: channels, each with a value at every position. Positions are none (a plain vector of features), the
/// steps of a sequence, or the rows and columns of an image.
/// </summary>
/// <remarks>
/// <para><b>Order.</b> The value of channel c at position p is the feature (column) <c>c·P + p</c>, and position (y, x) of an image is <c>y·W + x</c>:
/// the order in which PyTorch flattens <c>[N,C,H,W]</c>. As matrices are stored column after column, memory has the sample fastest, then
/// the position, then the channel; so <c>[N×(C·P)]</c> is, without a copy, <c>[(N·P)×C]</c> (<see cref="MatrixViews"/>).</para>
/// <para>Two shapes are equal where channels and positions are, of as many axes. A default value is the shape of nothing: it has no channels and size 0.</para>
/// </remarks>
public readonly record struct SampleShape
{
    // A layer of one's own makes its shape from a number in each pass, so that costs one comparison and no product.
    private SampleShape(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        (Channels, Height, Width) = (channels, 1, 1);
    }

    private SampleShape(int rank, int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Rank, Channels, Height, Width) = (rank, channels, height, width);

        // The first product has at most 62 bits, so the check is exact.
        long positions = (long)height * width;
        if (positions > int.MaxValue || positions * channels > int.MaxValue)
        {
            throw new ArgumentException(
                $"A sample of {this} has {(Int128)positions * channels} values; a matrix has at most {int.MaxValue} columns.");
        }
    }

    /// <summary>Channels C, 1 or more. A plain vector is channels alone.</summary>
    public int Channels { get; }

    /// <summary>Axes of the positions: 0 for a vector, 1 for a sequence, 2 for an image.</summary>
    public int Rank { get; }

    /// <summary>Rows H of an image; 1 for a sequence and a vector.</summary>
    public int Height { get; }

    /// <summary>Columns W of an image, steps T of a sequence; 1 for a vector.</summary>
    public int Width { get; }

    /// <summary>The lengths of the axes of the positions: none, <c>T</c>, or <c>H, W</c>. Made anew each time.</summary>
    public IReadOnlyList<int> Lengths => Rank switch { 0 => [], 1 => [Width], _ => [Height, Width] };

    /// <summary>Positions P, the product of their lengths: 1 for a vector.</summary>
    public int Positions => Height * Width;

    /// <summary>Values of a sample, <c>C·P</c>: the columns of its matrix.</summary>
    public int Size => Channels * Positions;

    /// <summary>A plain vector of features.</summary>
    /// <param name="features">Features, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static implicit operator SampleShape(int features) => Vector(features);

    /// <summary>A plain vector of features.</summary>
    /// <param name="channels">Features, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static SampleShape Vector(int channels) => new(channels);

    /// <summary>A sequence of steps.</summary>
    /// <param name="channels">Values of a step C, 1 or more.</param>
    /// <param name="length">Steps T, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException">C·T is above 2³¹ − 1.</exception>
    public static SampleShape Sequence(int channels, int length) => new(1, channels, 1, length);

    /// <summary>An image.</summary>
    /// <param name="channels">Values of a pixel C, 1 or more.</param>
    /// <param name="height">Rows H, 1 or more.</param>
    /// <param name="width">Columns W, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    /// <exception cref="ArgumentException">C·H·W is above 2³¹ − 1.</exception>
    public static SampleShape Image(int channels, int height, int width) => new(2, channels, height, width);

    /// <summary>A shape of the same positions with another number of channels.</summary>
    /// <param name="channels">Channels C, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    /// <exception cref="ArgumentException">The shape has more than 2³¹ − 1 values.</exception>
    public SampleShape WithChannels(int channels) => new(Rank, channels, Height, Width);

    /// <summary>Whether a sample of this shape can be taken as one of another, in the same order: whether both have the same size.</summary>
    /// <param name="other">The other shape.</param>
    public bool CanReshapeTo(SampleShape other) => Size == other.Size;

    /// <summary>Channels and lengths: <c>128</c>, <c>16×8</c> or <c>16×8×8</c>.</summary>
    public override string ToString() => Rank switch
    {
        0 => $"{Channels}",
        1 => $"{Channels}×{Width}",
        _ => $"{Channels}×{Height}×{Width}",
    };
}
