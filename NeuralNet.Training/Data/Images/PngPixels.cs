using System.Buffers.Binary;

namespace NeuralNet.Training.Data.Images;

/// <summary>Pixels of 8 bits, from the samples of a PNG file.</summary>
internal static class PngPixels
{
    /// <summary>Channels of the picture: those of the file, three for a palette, and opacity where a colour is declared transparent.</summary>
    public static int Channels(PngHeader header, byte[]? transparency) =>
        (header.Kind == PngFormat.Palette ? 3 : header.Samples) + (transparency is null ? 0 : 1);

    /// <summary>Whether the data of a chunk of transparency are what the kind of pixels has: a colour of 16 bits a sample, or opacities of the palette.</summary>
    public static bool IsTransparency(ReadOnlySpan<byte> data, PngHeader header, byte[] palette) => header.Kind switch
    {
        PngFormat.Grey or PngFormat.Color => data.Length == 2 * header.Samples,
        PngFormat.Palette => data.Length > 0 && data.Length <= palette.Length / 3,
        _ => false,
    };

    /// <summary>The picture.</summary>
    /// <param name="rows">The rows of the file, each with a byte before it, filters undone.</param>
    /// <param name="header">What they consist of.</param>
    /// <param name="palette">Three bytes for each colour.</param>
    /// <param name="transparency">What is transparent; null for nothing.</param>
    /// <param name="wrong">The first pixel that is beyond the palette; −1 for none.</param>
    public static byte[] From(byte[] rows, PngHeader header, byte[] palette, byte[]? transparency, out int wrong)
    {
        int channels = Channels(header, transparency), rowBytes = (int)header.RowBytes, samples = header.Samples;
        var pixels = new byte[header.Width * header.Height * channels];
        Span<int> values = stackalloc int[4];
        for (int i = 0; i < header.Width * header.Height; i++)
        {
            (int row, int column) = Math.DivRem(i, header.Width);
            ReadOnlySpan<byte> bytes = rows.AsSpan((row * (rowBytes + 1)) + 1, rowBytes);
            for (int c = 0; c < samples; c++)
            {
                values[c] = Sample(bytes, (column * samples) + c, header.Bits);
            }

            Span<byte> pixel = pixels.AsSpan(i * channels, channels);
            if (header.Kind == PngFormat.Palette)
            {
                if (values[0] >= palette.Length / 3)
                {
                    wrong = i;
                    return pixels;
                }

                palette.AsSpan(3 * values[0], 3).CopyTo(pixel);
                if (transparency is not null)
                {
                    pixel[3] = values[0] < transparency.Length ? transparency[values[0]] : byte.MaxValue;
                }
            }
            else
            {
                Scale(values[..samples], header.Bits, pixel);
                if (transparency is not null)
                {
                    pixel[^1] = IsColor(values[..samples], transparency) ? (byte)0 : byte.MaxValue;
                }
            }
        }

        wrong = -1;
        return pixels;
    }

    // Samples of fewer than 8 bits lie in a byte from its upper end on.
    private static int Sample(ReadOnlySpan<byte> row, int index, int bits) => bits switch
    {
        8 => row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]),
        _ => (row[index * bits / 8] >> (8 - bits - (index * bits % 8))) & ((1 << bits) - 1),
    };

    // To 0..255; exactly from fewer bits (255 is a multiple of 1, 3 and 15), rounded from 16.
    private static void Scale(ReadOnlySpan<int> values, int bits, Span<byte> pixel)
    {
        int most = (1 << bits) - 1;
        for (int c = 0; c < values.Length; c++)
        {
            pixel[c] = (byte)(((values[c] * byte.MaxValue) + (most / 2)) / most);
        }
    }

    private static bool IsColor(ReadOnlySpan<int> values, byte[] color)
    {
        for (int c = 0; c < values.Length; c++)
        {
            if (values[c] != BinaryPrimitives.ReadUInt16BigEndian(color.AsSpan(2 * c)))
            {
                return false;
            }
        }

        return true;
    }
}
