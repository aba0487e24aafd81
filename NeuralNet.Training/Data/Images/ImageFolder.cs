using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Data.Images;

/// <summary>Reads a folder of pictures in sub-folders, one for each class, named by it.</summary>
/// <example>
/// <code>
/// var train = ImageFolder.Read&lt;float&gt;("train");
/// var test = ImageFolder.Read&lt;float&gt;("test", train.ClassNames);          // the same numbers for the classes, also where one is missing
/// </code>
/// </example>
public static class ImageFolder
{
    /// <summary>Reads all pictures; their values are scaled to 0..1, as value / 255.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="folder">The folder. What lies beside the sub-folders is not looked at, nor names that begin with a dot.</param>
    /// <param name="classes">The names of the classes in the order of their numbers; null (the default) for those of the sub-folders, sorted by their characters.</param>
    /// <param name="colors">The channels; by default those of the files, which must be the same in all.</param>
    /// <param name="maxBytes">The most bytes that all pictures have together, 1 or more; see <see cref="IdxFile.DefaultMaxBytes"/>.</param>
    /// <returns>Samples of the shape channels×height×width, classes in their order, and within a class files sorted by their characters.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no sub-folders, one has no files or is none of <paramref name="classes"/>, a file is not read (see
    /// <see cref="RasterImage.Read"/>), two are not of one size, or they are larger than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="classes"/> has a name twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> Read<T>(
        string folder, IReadOnlyList<string>? classes = null, ImageColors colors = ImageColors.AsStored, long maxBytes = IdxFile.DefaultMaxBytes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        string[] found = Names(folder, Directory.EnumerateDirectories);
        if (found.Length == 0)
        {
            throw new InvalidDataException($"The folder '{folder}' has no sub-folders; expected one for each class, with PNG, PGM or PPM files in it.");
        }

        classes ??= found;
        Dictionary<string, int> numbers = NameIndex.Of(classes, "classes", nameof(classes));
        using var pixels = new MemoryStream();
        var labels = new List<int>();
        string? firstPath = null;
        RasterImage? first = null;
        foreach (string name in found)
        {
            string of = Path.Combine(folder, name);
            if (!numbers.TryGetValue(name, out int label))
            {
                throw new InvalidDataException($"The folder '{of}' is none of the classes {string.Join(", ", classes)}.");
            }

            string[] files = Names(of, Directory.EnumerateFiles);
            if (files.Length == 0)
            {
                throw new InvalidDataException($"The folder '{of}' has no files; expected PNG, PGM or PPM files.");
            }

            foreach (string path in files.Select(file => Path.Combine(of, file)))
            {
                RasterImage image = ReadImage(path, colors, maxBytes);
                (first, firstPath) = (first ?? image, firstPath ?? path);
                ThrowIfNotAlike(first, firstPath, image, path);
                if (pixels.Length + image.Pixels.Length > Math.Min(maxBytes, Array.MaxLength))
                {
                    throw new InvalidDataException($"With '{path}' the pictures are more than the limit of {Math.Min(maxBytes, Array.MaxLength)} bytes.");
                }

                AppendChannels(image, pixels);
                labels.Add(label);
            }
        }

        SampleShape shape = SampleShape.Image(first!.Channels, first.Height, first.Width);
        return DataSet<T>.FromPixels(pixels.GetBuffer().AsSpan(0, (int)pixels.Length), [.. labels], shape.Size, classes.Count)
            .WithShape(shape).WithNames(classes: classes);
    }

    private static string[] Names(string folder, Func<string, IEnumerable<string>> list) =>
    [
        .. list(folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal),
    ];

    private static RasterImage ReadImage(string path, ImageColors colors, long maxBytes)
    {
        RasterImage image = RasterImage.Read(path, maxBytes);
        try
        {
            return image.As(colors);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"'{path}': {exception.Message}", exception);
        }
    }

    private static void ThrowIfNotAlike(RasterImage first, string firstPath, RasterImage image, string path)
    {
        if ((first.Width, first.Height, first.Channels) != (image.Width, image.Height, image.Channels))
        {
            throw new InvalidDataException(
                $"'{firstPath}' has {first.Width}×{first.Height} pixels of {first.Channels} channels, but '{path}' {image.Width}×{image.Height} of {image.Channels}. " +
                "Samples are of one size; colours can be made the same as they are read.");
        }
    }

    // A file has the channels of a pixel side by side, a sample the pixels of a channel.
    private static void AppendChannels(RasterImage image, MemoryStream pixels)
    {
        for (int channel = 0; channel < image.Channels; channel++)
        {
            for (int i = channel; i < image.Pixels.Length; i += image.Channels)
            {
                pixels.WriteByte(image.Pixels[i]);
            }
        }
    }
}
