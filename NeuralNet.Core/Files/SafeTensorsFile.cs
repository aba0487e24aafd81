using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Files;

/// <summary>Reads safetensors files: named tensors, and texts about them.</summary>
/// <remarks>
/// <para>The format: 8 bytes, the length n of the header, lowest first; n bytes of JSON in UTF-8, an object that says type, dimensions and place of each tensor, and
/// texts under <c>__metadata__</c>; then the numbers, lowest byte first, row-major, without gaps. Source: the description in the README of the safetensors
/// project of Hugging Face.</para>
/// <para>Nothing in a file is trusted: all that a header says is checked when the file is opened, and only the header is read then. Numbers are read when they are asked for, to where
/// they are wanted; tensors that nobody asks for cost nothing. <b>Threads.</b> Can be read from several at once.</para>
/// </remarks>
/// <example>
/// <code>
/// using var file = SafeTensorsFile.Open("model.safetensors");
/// Matrix&lt;float&gt; weight = file.ReadMatrix&lt;float&gt;("encoder.weight");
/// </code>
/// </example>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly FileBytes _bytes;
    private readonly Dictionary<string, TensorInfo> _byName;

    private SafeTensorsFile(FileBytes bytes)
    {
        _bytes = bytes;
        SafeTensorsHeader header = SafeTensorsHeader.Read(bytes);
        Tensors = header.Tensors;
        Metadata = header.Metadata;
        _byName = header.ByName;
    }

    /// <summary>The tensors, in the order in which their numbers lie in the file.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>The texts about the tensors, by their names; none where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file, and reads its header.</summary>
    /// <param name="path">The file. It stays open until this is disposed; replaced meanwhile (<see cref="FileReplacement"/>), it stays what it was here.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no sound safetensors file; the message names the place. Or it is empty or no regular file.</exception>
    public static SafeTensorsFile Open(string path) => Of(FileBytes.Open(path, "a safetensors file"));

    /// <summary>Takes the content of a file that is in memory.</summary>
    /// <param name="content">The content; read from as long as this is used.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no sound safetensors file; the message names the place.</exception>
    public static SafeTensorsFile Parse(ReadOnlyMemory<byte> content, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Of(FileBytes.Of(content, name));
    }

    /// <summary>Whether there is a tensor of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>What the file says of a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists those that are like it.</exception>
    public TensorInfo this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return _byName.TryGetValue(name, out TensorInfo? tensor) ? tensor : throw new ArgumentException(NearNames.Refusal(_bytes.Name, "tensor", name, Tensors.Select(each => each.Name)), nameof(name));
        }
    }

    /// <summary>Reads the numbers of a tensor in the order of the file, row-major.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>. Numbers of other types are converted: floats are rounded to the nearest, integers and bools must
    /// have exactly this value in T.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="target">As long as the tensor has elements.</param>
    /// <exception cref="ArgumentException">There is no such tensor, or the target has another length.</exception>
    /// <exception cref="InvalidDataException">A number has no value in T: it is beyond its range, or an integer that is between two of its numbers; the message names it. Or the file has been
    /// made shorter.</exception>
    public void Read<T>(string name, Span<T> target) where T : unmanaged, IFloatingPointIeee754<T> => Numbers(this[name]).Read(target);

    /// <summary>Reads a tensor of integers or bools in the order of the file, row-major.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">As long as the tensor has elements.</param>
    /// <exception cref="ArgumentException">There is no such tensor, or the target has another length.</exception>
    /// <exception cref="InvalidDataException">The tensor is of floats, or a number is beyond 2⁶³ − 1.</exception>
    public void ReadInt64(string name, Span<long> target) => Numbers(this[name]).ReadInt64(target);

    /// <summary>Reads the bytes of a tensor as they are in the file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">As long as the tensor has bytes.</param>
    /// <exception cref="ArgumentException">There is no such tensor, or the target has another length.</exception>
    public void ReadBytes(string name, Span<byte> target) => Numbers(this[name]).ReadBytes(target);

    /// <summary>Reads a tensor [R, C] as a matrix <c>[R×C]</c>, one of one dimension [C] as <c>[1×C]</c>, and a number as <c>[1×1]</c>.</summary>
    /// <typeparam name="T">As for <see cref="Read"/>.</typeparam>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such tensor, it has more than two dimensions, or more elements than a matrix holds.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>.</exception>
    public Matrix<T> ReadMatrix<T>(string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorInfo tensor = this[name];
        (int rows, int columns) = MatrixShape.Of(_bytes.Name, Label(tensor), [.. tensor.Dimensions], nameof(name));
        Matrix<T> matrix = Matrices.Zeros<T>(rows, columns);
        ReadMatrix(name, matrix);
        return matrix;
    }

    /// <summary>Reads a tensor [R, C] into a matrix <c>[R×C]</c>, or one of one dimension [C] into <c>[1×C]</c>.</summary>
    /// <remarks>The tensor lies row after row, the matrix column after column: it is transposed in blocks as it is read. What is to be read into the matrix's memory as it lies is read by
    /// <see cref="Read"/>, with <c>matrix.AsSpan()</c>.</remarks>
    /// <typeparam name="T">As for <see cref="Read"/>.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="target">A dense matrix of that shape.</param>
    /// <exception cref="ArgumentException">There is no such tensor, or the target has another shape.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>.</exception>
    public void ReadMatrix<T>(string name, Matrix<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(target);
        TensorInfo tensor = this[name];
        (int rows, int columns) = MatrixShape.Of(_bytes.Name, Label(tensor), [.. tensor.Dimensions], nameof(name));
        if ((rows, columns) != (target.RowCount, target.ColumnCount))
        {
            throw new ArgumentException(
                $"{_bytes.Name}: {Label(tensor)} is a matrix [{rows}×{columns}], the target is [{target.RowCount}×{target.ColumnCount}].", nameof(target));
        }

        Numbers(tensor).ReadTransposed(rows, columns, target.AsSpan());
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _bytes.Dispose();

    private static SafeTensorsFile Of(FileBytes bytes)
    {
        try
        {
            return new SafeTensorsFile(bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private StoredNumbers Numbers(TensorInfo tensor) => new(_bytes, tensor.ByteOffset, tensor.Type, tensor.ElementCount, isBigEndian: false, Label(tensor));

    private static string Label(TensorInfo tensor) => $"tensor '{FileText.Shown(tensor.Name)}'";
}
