using System.Buffers.Binary;

namespace NeuralNet.Training.Data.Images;

/// <summary>What the first chunk of a PNG file says.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Bits">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Kind">What a pixel is: see <see cref="PngFormat"/>.</param>
internal readonly record struct PngHeader(int Width, int Height, int Bits, int Kind)
{
    /// <summary>Samples of a pixel in the file: an index of a palette is one.</summary>
    public int Samples => Kind switch { PngFormat.Color => 3, PngFormat.GreyAndOpacity => 2, PngFormat.ColorAndOpacity => 4, _ => 1 };

    /// <summary>Bytes of a row in the file, without its filter.</summary>
    public long RowBytes => (((long)Width * Samples * Bits) + 7) / 8;

    /// <summary>Bytes from one pixel to the next, 1 at least: how far filters look back.</summary>
    public int PixelBytes => Math.Max(1, Samples * Bits / 8);

    /// <summary>Reads it.</summary>
    /// <param name="data">The data of the chunk.</param>
    /// <param name="problem">What is wrong with it; null where nothing is.</param>
    public static PngHeader Read(ReadOnlySpan<byte> data, out string? problem)
    {
        if (data.Length != 13)
        {
            problem = $"the header has {data.Length} bytes, expected 13";
            return default;
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        (int bits, int kind) = (data[8], data[9]);
        bool isKnown = kind switch
        {
            PngFormat.Grey => bits is 1 or 2 or 4 or 8 or 16,
            PngFormat.Palette => bits is 1 or 2 or 4 or 8,
            PngFormat.Color or PngFormat.GreyAndOpacity or PngFormat.ColorAndOpacity => bits is 8 or 16,
            _ => false,
        };
        problem = width is 0 or > int.MaxValue || height is 0 or > int.MaxValue ? $"the header says {width}×{height} pixels; both must be 1 to {int.MaxValue}"
            : !isKnown ? $"the header says pixels of kind {kind} with {bits} bits, which PNG has not"
            : data[10] != 0 || data[11] != 0 ? $"the header says compression {data[10]} and filter {data[11]}; PNG has only 0"
            : data[12] == 1 ? "the picture is interlaced (Adam7), which is not read; save it without"
            : data[12] != 0 ? $"the header says interlacing {data[12]}, which PNG has not"
            : null;
        return problem is null ? new PngHeader((int)width, (int)height, bits, kind) : default;
    }
}
