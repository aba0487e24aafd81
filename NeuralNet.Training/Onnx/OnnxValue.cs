using System.Globalization;
using System.Numerics;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Training.Onnx;

/// <summary>A value of a model that is being read: a tensor of the file, or what a node of the graph computes.</summary>
/// <remarks>A computed tensor <c>[rows, d₁, d₂, …]</c> is the matrix <c>[rows × (d₁·d₂·…)]</c>, whose columns go through the axes with the last one fastest. One that is turned
/// is that of the tensor whose two last axes are exchanged: so <c>[rows, P, C]</c> is a matrix of C channels at P positions.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed record OnnxValue<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The tensor of the file; null for what is computed.</summary>
    public OnnxTensor? Tensor { get; init; }

    /// <summary>The node that computes it, where no tensor is given.</summary>
    public Node<T> Node { get; init; }

    /// <summary>The length of the first axis; null for that of the batch or one that is not known.</summary>
    public long? Rows { get; init; }

    /// <summary>The lengths of the other axes, null for one that is not known.</summary>
    public long?[] Axes { get; init; } = [];

    /// <summary>Whether the matrix has the two last axes exchanged.</summary>
    public bool IsTurned { get; init; }

    /// <summary>Whether they are whole numbers, to choose rows of a table by.</summary>
    public bool IsIndex { get; init; }

    /// <summary>The values of a row; null where an axis is not known.</summary>
    public long? Columns => Product(Axes);

    /// <summary>The axes as errors show them, <c>[batch, 3, ?]</c>.</summary>
    public string Shape => Tensor is not null
        ? $"[{string.Join(", ", Tensor.Dimensions)}]"
        : $"[{string.Join(", ", Axes.Select(axis => Text(axis, "?")).Prepend(Text(Rows, "batch")))}]";

    /// <summary>The product of some lengths; null where one is not known, or where it is more than a matrix has columns.</summary>
    /// <param name="axes">The lengths.</param>
    public static long? Product(IEnumerable<long?> axes)
    {
        long product = 1;
        foreach (long? axis in axes)
        {
            // Neither factor has more than 31 bits.
            if (axis is not long length || (product *= length) > int.MaxValue)
            {
                return null;
            }
        }

        return product;
    }

    private static string Text(long? length, string unknown) => length?.ToString(CultureInfo.InvariantCulture) ?? unknown;
}
