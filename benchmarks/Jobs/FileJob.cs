using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core;
using NeuralNet.Core.Files;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>Weights written to a file and read from one: <c>float safetensors flushed /tmp/folder 5000</c>, the format, whether the file is on the disk at the end, the folder, and the size of
/// a square matrix. The file copied by <see cref="CreateCopy{T}"/> has as many bytes.</summary>
internal static class FileJob
{
    /// <summary>The work that writes.</summary>
    public static Job CreateSave<T>(string arguments) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (string format, bool isFlushed, string path, int size) = Parse(arguments, "ours");
        Matrix<T> matrix = Matrix<T>.Build.Random(size, size, 1);
        return new Job(() => Save(format, isFlushed, path, matrix));
    }

    /// <summary>The work that reads what the other has written, into a matrix that is there.</summary>
    public static Job CreateLoad<T>(string arguments) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (string format, _, string path, int size) = Parse(arguments, "ours");
        Matrix<T> matrix = Matrix<T>.Build.Random(size, size, 1);
        Save(format, isFlushed: false, path, matrix);
        return new Job(() => Load(format, path, matrix));
    }

    /// <summary>A copy of a file of these bytes, which no work on the same file can beat.</summary>
    public static Job CreateCopy<T>(string arguments) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (_, bool isFlushed, string path, int size) = Parse(arguments, "copied");
        File.WriteAllBytes(path, new byte[(long)size * size * Unsafe.SizeOf<T>()]);
        return new Job(() =>
        {
            string copy = path + ".copy";
            File.Copy(path, copy, overwrite: true);
            if (isFlushed)
            {
                using var stream = new FileStream(copy, FileMode.Open, FileAccess.Write);
                stream.Flush(flushToDisk: true);
            }
        });
    }

    private static (string Format, bool IsFlushed, string Path, int Size) Parse(string arguments, string name)
    {
        string[] words = arguments.Split(' ');
        return (words[1], words[2] == "flushed", Path.Combine(words[3], $"{name}.{words[1]}"), int.Parse(words[4]));
    }

    private static void Save<T>(string format, bool isFlushed, string path, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (format == "npy")
        {
            NpyFile.Write(path, matrix);
            return;
        }

        var writer = new SafeTensorsWriter();
        if (format == "rows")
        {
            writer.Add("weight", matrix);
        }
        else
        {
            writer.Add("weight", [matrix.ColumnCount, matrix.RowCount], matrix);
        }

        if (isFlushed)
        {
            writer.Write(path);
            return;
        }

        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        writer.Write(stream);
    }

    private static void Load<T>(string format, string path, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (format == "npy")
        {
            using NpyArray array = NpyFile.Open(path);
            array.Read(matrix.AsSpan());
            return;
        }

        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        if (format == "rows")
        {
            file.ReadMatrix("weight", matrix);
        }
        else
        {
            file.Read("weight", matrix.AsSpan());
        }
    }
}
