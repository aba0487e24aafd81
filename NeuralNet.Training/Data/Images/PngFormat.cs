namespace NeuralNet.Training.Data.Images;

/// <summary>What reading and writing PNG files have in common: the signature and kinds of pixels.</summary>
internal static class PngFormat
{
    public const int Grey = 0, Color = 2, Palette = 3, GreyAndOpacity = 4, ColorAndOpacity = 6;

    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
}
