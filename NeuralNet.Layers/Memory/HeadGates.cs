using System.Numerics;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Layers.Memory;

/// <summary>What a head makes of the numbers z that the controller sends it, gate by gate: W of a key, then the strength β, the gate g, S of shifts, the power γ, and of a head that writes
/// W of what is erased and W of what is added.</summary>
/// <param name="Width">W.</param>
/// <param name="Shifts">S.</param>
internal readonly record struct HeadGates<T>(int Width, int Shifts) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers of a head that reads.</summary>
    public int OfAddress => Width + 3 + Shifts;

    /// <summary>Numbers of a head that writes.</summary>
    public int OfWriting => OfAddress + (2 * Width);

    /// <summary>The key, <c>tanh</c> of its numbers.</summary>
    /// <param name="z">The numbers.</param>
    public Node<T> Key(Node<T> z) => Tanh(Part(z, 0, Width));

    /// <summary>What is erased, <c>σ</c> of its numbers.</summary>
    /// <param name="z">The numbers.</param>
    public Node<T> Erased(Node<T> z) => Sigmoid(Part(z, OfAddress, Width));

    /// <summary>What is added, <c>tanh</c> of its numbers.</summary>
    /// <param name="z">The numbers.</param>
    public Node<T> Added(Node<T> z) => Tanh(Part(z, OfAddress + Width, Width));

    /// <summary>The weighting: by content, <c>softmax(β·K)</c>; between that and the one before by g; shifted; sharpened.</summary>
    /// <param name="z">The numbers.</param>
    /// <param name="similarity">K <c>[N×R]</c>.</param>
    /// <param name="before">The weighting of the step before <c>[N×R]</c>.</param>
    public Node<T> Address(Node<T> z, Node<T> similarity, Node<T> before)
    {
        Graph<T> graph = z.Graph;
        Node<T> strength = graph.Apply(new Softplus<T>(), Part(z, Width, 1)), gate = Sigmoid(Part(z, Width + 1, 1));
        Node<T> shares = graph.Apply(new Softmax<T>(), Part(z, Width + 2, Shifts)), power = graph.Apply(new Softplus<T>(), Part(z, Width + 2 + Shifts, 1));
        Node<T> content = graph.Apply(new Softmax<T>(), graph.Apply(new ScaleRowsGate<T>(), similarity, strength));
        Node<T> gated = graph.Apply(new InterpolateGate<T>(), gate, content, before);
        Node<T> shifted = graph.Apply(new CircularShiftGate<T>(), gated, shares);
        return graph.Apply(new SharpenGate<T>(), shifted, graph.Apply(new AddConstant<T>(T.One), power));
    }

    private static Node<T> Part(Node<T> z, int first, int count) => z.Graph.Apply(new SliceGate<T>(.., first..(first + count)), z);
}
