using System.IO.Compression;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Files;

/// <summary>Writes .npz files, several arrays of NumPy with names: a ZIP archive of .npy files.</summary>
/// <remarks>What is added is read when the file is written, and not copied before. The same arrays in the same order give the same bytes: files in the archive are dated 1 January 1980, as NumPy
/// dates them. <b>Threads.</b> Used by one at a time.</remarks>
/// <example>
/// <code>
/// var writer = new NpzWriter();
/// writer.Add("x", x);
/// writer.Add&lt;int&gt;("labels", [labels.Length], labels);
/// writer.Write("data.npz", CompressionLevel.Optimal);                    // np.load("data.npz")["x"]
/// </code>
/// </example>
public sealed class NpzWriter
{
    private static readonly DateTimeOffset s_firstDay = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Action<Stream>> _arrays = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Adds a matrix <c>[R×C]</c> as an array [R, C], its memory as it lies (<c>fortran_order</c>).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <param name="matrix">A dense matrix; kept, and read when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken, empty or no text, or the matrix is not dense.</exception>
    public void Add<T>(string name, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        _ = matrix.AsSpan();
        Add(name, stream => NpyStream.Write(stream, matrix));
    }

    /// <summary>Adds an array of numbers that lie row-major.</summary>
    /// <typeparam name="T">double, float, <see cref="Half"/>, bool, or an integer of 8 to 64 bits.</typeparam>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <param name="dimensions">The dimensions, none for a single number.</param>
    /// <param name="values">The numbers, as many as the dimensions say; kept, and read when the file is written.</param>
    /// <exception cref="ArgumentException">The name is taken, empty or no text, or there are more or fewer numbers.</exception>
    /// <exception cref="NotSupportedException">T is another type.</exception>
    public void Add<T>(string name, ReadOnlySpan<int> dimensions, ReadOnlyMemory<T> values) where T : unmanaged
    {
        byte[] header = NpyStream.Header<T>(values.Length, dimensions);
        Add(name, stream =>
        {
            stream.Write(header);
            TensorStream.Write(stream, values.Span);
        });
    }

    /// <summary>Writes a file, whole or not at all (<see cref="FileReplacement"/>).</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="compression">How the arrays are packed; by default not at all.</param>
    /// <exception cref="IOException">It could not be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public void Write(string path, CompressionLevel compression = CompressionLevel.NoCompression) =>
        FileReplacement.Write(path, stream => Write(stream, compression));

    /// <summary>Writes to a stream what a file would hold.</summary>
    /// <param name="stream">The stream; not closed.</param>
    /// <param name="compression">How the arrays are packed; by default not at all.</param>
    public void Write(Stream stream, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string name in _names)
        {
            ZipArchiveEntry entry = archive.CreateEntry($"{name}.npy", compression);
            entry.LastWriteTime = s_firstDay;
            using Stream content = entry.Open();
            _arrays[name](content);
        }
    }

    private void Add(string name, Action<Stream> write)
    {
        FileText.ThrowIfNone(name, nameof(name));
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_arrays.TryAdd(name, write))
        {
            throw new ArgumentException($"There is an array '{FileText.Shown(name)}' already.", nameof(name));
        }

        _names.Add(name);
    }
}
