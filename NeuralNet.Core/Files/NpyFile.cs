using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Files;

/// <summary>Reads and writes .npy files, the arrays of NumPy.</summary>
/// <remarks>
/// <para>Read are versions 1, 2 and 3, both orders of indices and both of bytes, of float16, float32 and float64, integers of 8 to 64 bits and bool. Objects of Python (which may hold code),
/// structured types, complex numbers, texts and times are refused by name. Nothing in a header is trusted; an array must be as long as it says. Written is version 1, lowest byte
/// first.</para>
/// <para>Source: the documentation of <c>numpy.lib.format</c>. <b>Threads.</b> Safe to use from several.</para>
/// </remarks>
/// <example>
/// <code>
/// Matrix&lt;float&gt; x = NpyFile.ReadMatrix&lt;float&gt;("x.npy");          // np.save("x.npy", x)
/// NpyFile.Write("y.npy", net.Forward(x));                   // y = np.load("y.npy")
/// </code>
/// </example>
public static class NpyFile
{
    /// <summary>Opens a file, and reads its header.</summary>
    /// <param name="path">The file. It stays open until the array is disposed.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no sound .npy file of numbers; the message names the place. Or it is empty or no regular file.</exception>
    public static NpyArray Open(string path) => Of(FileBytes.Open(path, "a .npy file"));

    /// <summary>Takes the content of a file that is in memory.</summary>
    /// <param name="content">The content; read from as long as the array is used.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is no sound .npy file of numbers; the message names the place.</exception>
    public static NpyArray Parse(ReadOnlyMemory<byte> content, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Of(FileBytes.Of(content, name));
    }

    /// <summary>Reads an array [R, C] as a matrix <c>[R×C]</c>, one of one dimension [C] as <c>[1×C]</c>, and a number as <c>[1×1]</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; numbers of other types are converted as <see cref="NpyArray.Read"/> says.</typeparam>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The array has more than two dimensions, or more elements than a matrix holds.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no sound .npy file of numbers, or a number has no value in T; the message names the place.</exception>
    public static Matrix<T> ReadMatrix<T>(string path) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using NpyArray array = Open(path);
        return array.ReadMatrix<T>();
    }

    /// <summary>Writes a matrix <c>[R×C]</c> as an array [R, C], its memory as it lies (<c>fortran_order</c>), whole or not at all (<see cref="FileReplacement"/>).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="matrix">A dense matrix.</param>
    /// <exception cref="ArgumentException">The matrix is not dense.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static void Write<T>(string path, Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        _ = matrix.AsSpan();
        FileReplacement.Write(path, stream => NpyStream.Write(stream, matrix));
    }

    /// <summary>Writes numbers that lie row-major, whole or not at all (<see cref="FileReplacement"/>).</summary>
    /// <typeparam name="T">double, float, <see cref="Half"/>, bool, or an integer of 8 to 64 bits.</typeparam>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="values">The numbers, as many as the dimensions say.</param>
    /// <param name="dimensions">The dimensions, none for a single number.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    /// <exception cref="NotSupportedException">T is another type.</exception>
    public static void Write<T>(string path, ReadOnlyMemory<T> values, params ReadOnlySpan<int> dimensions) where T : unmanaged
    {
        byte[] header = NpyStream.Header<T>(values.Length, dimensions);
        FileReplacement.Write(path, stream =>
        {
            stream.Write(header);
            TensorStream.Write(stream, values.Span);
        });
    }

    /// <summary>The array of a file, which is closed if it has none.</summary>
    internal static NpyArray Of(FileBytes bytes)
    {
        try
        {
            return new NpyArray(bytes, NpyHeader.Read(bytes));
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
