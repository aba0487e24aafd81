using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Layers.Saving;

/// <summary>A matrix of a network as a tensor in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The matrix.</param>
/// <param name="InMemoryOrder">The lengths of the tensor's axes where its order is that of the matrix's memory; null where the tensor is what the matrix looks like.</param>
internal sealed record NamedTensor<T>(string Name, Matrix<T> Value, int[]? InMemoryOrder) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The lengths of the tensor's axes.</summary>
    public int[] Dimensions => InMemoryOrder ?? (Value.RowCount == 1 ? [Value.ColumnCount] : [Value.RowCount, Value.ColumnCount]);

    /// <summary>Name and dimensions.</summary>
    public override string ToString() => $"'{Name}' [{string.Join(", ", Dimensions)}]";

    /// <summary>All that a network has: parameters, states, and the matrices that functions in graphs hold fast.</summary>
    /// <param name="network">The network.</param>
    /// <param name="prefix">What stands before each name.</param>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    public static NamedTensor<T>[] Of(Gate<T> network, string prefix)
    {
        ArgumentNullException.ThrowIfNull(network);
        NamedTensor<T>[] tensors =
        [
            .. network.Parameters.Select(named => new NamedTensor<T>(prefix + named.Name, named.Parameter.Value, named.Dimensions?.ToArray())),
            .. network.States.Concat(ConstantsOf(network))
                .DistinctBy(named => (object)named.Value, ReferenceEqualityComparer.Instance)
                .Select(named => new NamedTensor<T>(prefix + named.Name, named.Value, named.Dimensions?.ToArray())),
        ];
        return tensors.GroupBy(tensor => tensor.Name).FirstOrDefault(same => same.Count() > 1) is { Key: { } twice }
            ? throw new ArgumentException($"Two matrices of {network} are named '{twice}', so a file could not tell them apart.", nameof(network))
            : tensors;
    }

    /// <summary>Adds the tensor to a file.</summary>
    public void AddTo(SafeTensorsWriter writer)
    {
        if (InMemoryOrder is null)
        {
            writer.Add(Name, Value);
        }
        else
        {
            writer.Add(Name, InMemoryOrder, Value);
        }
    }

    /// <summary>Whether a tensor of a file has the same dimensions.</summary>
    public bool Fits(TensorInfo info) => info.Dimensions.SequenceEqual(Dimensions.Select(length => (long)length));

    /// <summary>Reads the tensor from a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="target">A matrix of the same shape.</param>
    public void Read(SafeTensorsFile file, string name, Matrix<T> target)
    {
        if (InMemoryOrder is null)
        {
            file.ReadMatrix(name, target);
        }
        else
        {
            file.Read(name, target.AsSpan());
        }
    }

    private static IEnumerable<NamedState<T>> ConstantsOf(Gate<T> gate)
    {
        IReadOnlyList<NamedState<T>> own = gate switch
        {
            GraphGate<T> graph => graph.Constants,
            GraphLayer<T> graph => graph.Constants,
            _ => [],
        };
        return own.Concat(gate.Children.SelectMany(child => ConstantsOf(child.Gate).Select(named => named with { Name = $"{child.Name}.{named.Name}" })));
    }
}
