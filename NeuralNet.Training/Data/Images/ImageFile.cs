using NeuralNet.Core.Files;

namespace NeuralNet.Training.Data.Images;

/// <summary>What is common to files of pictures.</summary>
internal static class ImageFile
{
    /// <summary>The whole file.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="maxBytes"/>, empty or no regular file.</exception>
    public static byte[] Bytes(string path, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        using FileStream file = RegularFile.Open(path, "a PNG, PGM or PPM file");
        if (file.Length > Math.Min(maxBytes, Array.MaxLength))
        {
            throw new InvalidDataException($"'{path}' has {file.Length} bytes, more than the limit of {Math.Min(maxBytes, Array.MaxLength)}.");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>How many bytes a picture takes in memory.</summary>
    /// <exception cref="InvalidDataException">A size is 0, or they are more than <paramref name="maxBytes"/> or than an array holds.</exception>
    public static int Size(string path, long width, long height, int channels, long maxBytes)
    {
        Int128 size = (Int128)width * height * channels;
        if (width < 1 || height < 1 || width > int.MaxValue || height > int.MaxValue)
        {
            throw new InvalidDataException($"'{path}': the header says {width}×{height} pixels; both must be 1 to {int.MaxValue}.");
        }

        return size <= Math.Min(maxBytes, Array.MaxLength)
            ? (int)size
            : throw new InvalidDataException(
                $"'{path}': the header promises {width}×{height} pixels of {channels} channels, {size} bytes, more than the limit of {Math.Min(maxBytes, Array.MaxLength)}" +
                $"{(maxBytes < Array.MaxLength ? "; a larger maxBytes lets it pass" : "")}.");
    }
}
