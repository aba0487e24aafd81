using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Files;

/// <summary>An array of NumPy in a .npy file: what its header says of it, and its numbers where they are asked for.</summary>
/// <remarks>Whatever order the file has, numbers are given row-major, the last index varying fastest. <b>Threads.</b> Can be read from several at once.</remarks>
public sealed class NpyArray : IDisposable
{
    private readonly FileBytes _bytes;
    private readonly StoredNumbers _numbers;
    private readonly long[] _dimensions;

    internal NpyArray(FileBytes bytes, NpyHeader header)
    {
        header.ThrowIfNotOfLength(bytes);
        _bytes = bytes;
        _dimensions = header.Dimensions;
        (Type, IsFortranOrder, IsBigEndian, ElementCount) = (header.Type, header.IsFortranOrder, header.IsBigEndian, header.Count);
        _numbers = new StoredNumbers(bytes, header.DataOffset, header.Type, header.Count, header.IsBigEndian, "the array");
    }

    /// <summary>The dimensions, each 0 or more; none for a single number.</summary>
    public IReadOnlyList<long> Dimensions => _dimensions;

    /// <summary>The type of the numbers.</summary>
    public TensorType Type { get; }

    /// <summary>How many numbers there are: the product of the dimensions.</summary>
    public long ElementCount { get; }

    /// <summary>Whether the file has the first index varying fastest, as a matrix <c>Matrix&lt;T&gt;</c> has.</summary>
    public bool IsFortranOrder { get; }

    /// <summary>Whether the file has the highest byte of each number first.</summary>
    public bool IsBigEndian { get; }

    /// <summary>Reads the numbers, row-major.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>. Numbers of other types are converted: floats are rounded to the nearest, integers and bools must
    /// have exactly this value in T.</typeparam>
    /// <param name="target">As long as there are numbers.</param>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    /// <exception cref="InvalidDataException">A number has no value in T: it is beyond its range, or an integer that is between two of its numbers; the message names it.</exception>
    public void Read<T>(Span<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!IsReordered || target.Length != ElementCount)
        {
            _numbers.Read(target);
        }
        else if (_dimensions.Length == 2)
        {
            _numbers.ReadTransposed((int)_dimensions[1], (int)_dimensions[0], target);
        }
        else
        {
            var inFile = new T[target.Length];
            _numbers.Read<T>(inFile);
            Reorder(inFile, target);
        }
    }

    /// <summary>Reads integers or bools, row-major.</summary>
    /// <param name="target">As long as there are numbers.</param>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    /// <exception cref="InvalidDataException">The numbers are floats, or one is beyond 2⁶³ − 1.</exception>
    public void ReadInt64(Span<long> target)
    {
        if (!IsReordered || target.Length != ElementCount)
        {
            _numbers.ReadInt64(target);
            return;
        }

        long[] inFile = new long[target.Length];
        _numbers.ReadInt64(inFile);
        Reorder(inFile, target);
    }

    /// <summary>Reads an array [R, C] as a matrix <c>[R×C]</c>, one of one dimension [C] as <c>[1×C]</c>, and a number as <c>[1×1]</c>.</summary>
    /// <typeparam name="T">As for <see cref="Read"/>.</typeparam>
    /// <exception cref="ArgumentException">There are more than two dimensions, or more elements than a matrix holds.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>.</exception>
    public Matrix<T> ReadMatrix<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int rows, int columns) = MatrixShape.Of(_bytes.Name, "the array", _dimensions, null);
        Matrix<T> matrix = Matrices.Zeros<T>(rows, columns);
        if (IsFortranOrder)
        {
            _numbers.Read(matrix.AsSpan());
        }
        else
        {
            _numbers.ReadTransposed(rows, columns, matrix.AsSpan());
        }

        return matrix;
    }

    /// <summary><c>Float32 [256, 784]</c>.</summary>
    public override string ToString() => $"{Type} {TensorShape.Text(_dimensions)}";

    /// <summary>Closes the file.</summary>
    public void Dispose() => _bytes.Dispose();

    private bool IsReordered => IsFortranOrder && _dimensions.Length > 1 && ElementCount > 0;

    // The first index varies fastest in the file, the last one in the target.
    private void Reorder<T>(ReadOnlySpan<T> inFile, Span<T> target)
    {
        int[] index = new int[_dimensions.Length], strides = new int[_dimensions.Length];
        int stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= (int)_dimensions[axis];
        }

        int place = 0;
        foreach (T number in inFile)
        {
            target[place] = number;
            for (int axis = 0; axis < index.Length; axis++)
            {
                place += strides[axis];
                if (++index[axis] < _dimensions[axis])
                {
                    break;
                }

                place -= strides[axis] * index[axis];
                index[axis] = 0;
            }
        }
    }
}
