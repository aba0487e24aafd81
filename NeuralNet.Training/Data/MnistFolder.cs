using System.Numerics;

namespace NeuralNet.Training.Data;

/// <summary>Reads the folder of MNIST, or of a set in the same form (Fashion-MNIST, KMNIST): ten classes, four IDX files.</summary>
/// <remarks>
/// The files are <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
/// <c>t10k-labels-idx1-ubyte</c>, each with or without <c>.gz</c>; where both stand side by side, the one without is read.
/// </remarks>
public static class MnistFolder
{
    /// <summary>Number of classes, the digits 0 to 9.</summary>
    public const int Classes = 10;

    /// <summary>Reads the training and the test set; pixels are scaled to 0..1, as value / 255.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="folder">The folder with the four files.</param>
    /// <param name="maxBytes">The most pixels that are accepted in one file, 1 or more; see <see cref="IdxFile.DefaultMaxBytes"/>.</param>
    /// <returns>Of MNIST 60,000 samples to train with and 10,000 to test with, of 784 features each.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">One of the files is missing; the message names the folder and the names looked for.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, counts differ or a label is out of range (see <see cref="LabeledImages"/>), or the images to train and to test
    /// with are not of the same size.
    /// </exception>
    public static (DataSet<T> Train, DataSet<T> Test) Load<T>(string folder, long maxBytes = IdxFile.DefaultMaxBytes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"The folder '{folder}' does not exist; expected one with train-images-idx3-ubyte, train-labels-idx1-ubyte, " +
                "t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each with or without .gz.");
        }

        var trainImages = Find(folder, "train-images-idx3-ubyte");
        var trainLabels = Find(folder, "train-labels-idx1-ubyte");
        var testImages = Find(folder, "t10k-images-idx3-ubyte");
        var testLabels = Find(folder, "t10k-labels-idx1-ubyte");
        var test = LabeledImages.Read<T>(testImages, testLabels, Classes, maxBytes);
        var train = LabeledImages.Read<T>(trainImages, trainLabels, Classes, maxBytes);
        if (train.Features != test.Features)
        {
            throw new InvalidDataException(
                $"'{trainImages}' has images of {train.Features} pixels, but '{testImages}' of {test.Features} (offset 8). " +
                "Are they from the same set?");
        }

        return (train, test);
    }

    private static string Find(string folder, string name)
    {
        string[] names = [name, name + ".gz"];
        var found = Array.Find(names, candidate => File.Exists(Path.Combine(folder, candidate)));
        return found is not null
            ? Path.Combine(folder, found)
            : throw new FileNotFoundException($"The folder '{folder}' has no file '{names[0]}' and no '{names[1]}'.", name);
    }
}
