namespace NeuralNet.Training.Data.Images;

/// <summary>What reading and writing PNG files have in common: the signature, kinds of pixels, checksums.</summary>
internal static class PngFormat
{
    public const int Grey = 0, Color = 2, Palette = 3, GreyAndOpacity = 4, ColorAndOpacity = 6;

    // Annex D of the specification: the polynomial of ISO 3309, a byte at a time.
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The checksum of a chunk: of its type and data.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum = s_table[(checksum ^ value) & 0xFF] ^ (checksum >> 8);
        }

        return ~checksum;
    }

    private static uint Remainder(int value)
    {
        uint remainder = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
        }

        return remainder;
    }
}
