using System.Globalization;

namespace NeuralNet.Core.Shapes;

/// <summary>A number for each of the two axes of an image, such as the sizes of a kernel: <c>3</c> is 3×3, <c>(1, 5)</c> is 1 high and 5 wide.</summary>
/// <remarks>On a sequence, which has no height, a single number stands for its one axis.</remarks>
/// <param name="Height">The number along the rows of an image.</param>
/// <param name="Width">The number along the columns of an image, or the steps of a sequence.</param>
public readonly record struct Extent(int Height, int Width)
{
    /// <summary>The same number for both axes.</summary>
    /// <param name="size">The number.</param>
    public static implicit operator Extent(int size) => Square(size);

    /// <summary>A number for each axis.</summary>
    /// <param name="sizes">Along the rows, then along the columns.</param>
    public static implicit operator Extent((int Height, int Width) sizes) => FromPair(sizes);

    /// <summary>The same number for both axes.</summary>
    /// <param name="size">The number.</param>
    public static Extent Square(int size) => new(size, size);

    /// <summary>A number for each axis.</summary>
    /// <param name="sizes">Along the rows, then along the columns.</param>
    public static Extent FromPair((int Height, int Width) sizes) => new(sizes.Height, sizes.Width);

    /// <summary>As it is given for samples of a shape: one number where they have one axis.</summary>
    /// <param name="shape">The shape.</param>
    public string For(SampleShape shape) => (shape.Rank == 1 ? Square(Width) : this).ToString();

    /// <summary><c>3</c> where both numbers are the same, else <c>1×5</c>.</summary>
    public override string ToString() =>
        Height == Width ? Height.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Height}×{Width}");
}
