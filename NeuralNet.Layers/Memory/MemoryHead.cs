using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Memory;

/// <summary>A head in a step: the affine map of the controller's output to its numbers, and the gates behind them. What goes over the whole memory is done by the operations, so that all heads and
/// steps add to one gradient of it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class MemoryHead<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly CosineSimilarityGate<T> s_cosine = new();

    private readonly HeadGates<T> _gates;
    private readonly GraphLayer<T> _key, _erased, _added;
    private readonly GraphGate<T> _address;

    /// <summary>A head.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="writes">Whether it writes; otherwise it reads.</param>
    /// <param name="affine">The affine map.</param>
    /// <param name="gates">The gates behind it.</param>
    public MemoryHead(string name, bool writes, Linear<T> affine, HeadGates<T> gates)
    {
        (Name, Writes, Affine, _gates) = (name, writes, affine, gates);
        var graph = new Graph<T>();
        Node<T> z = graph.Variable("z", Matrices.Zeros<T>(1, affine.Weight.Value.ColumnCount));
        Node<T> similarity = graph.Variable("K", Matrices.Zeros<T>(1, gates.Shifts)), before = graph.Variable("before", Matrices.Zeros<T>(1, gates.Shifts));
        _key = new GraphLayer<T>(z, gates.Key(z));
        _address = new GraphGate<T>([z, similarity, before], gates.Address(z, similarity, before));
        _erased = new GraphLayer<T>(z, writes ? gates.Erased(z) : z);
        _added = new GraphLayer<T>(z, writes ? gates.Added(z) : z);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whether it writes; otherwise it reads.</summary>
    public bool Writes { get; }

    /// <summary>The affine map.</summary>
    public Linear<T> Affine { get; }

    /// <summary>A step of the head: it addresses the memory, and writes or reads.</summary>
    /// <param name="hidden">The controller's output <c>[N×H]</c>.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="before">The weighting of the step before <c>[N×R]</c>.</param>
    /// <param name="result">Receives the memory afterwards, or what was read.</param>
    /// <param name="caches">The caches of the head in this step.</param>
    public void Forward(Matrix<T> hidden, Matrix<T> memory, Matrix<T> before, Matrix<T> result, in HeadCaches<T> caches)
    {
        Matrix<T> z = Affine.Forward(hidden, caches.Affine), key = _key.Forward(z, caches.Key), similarity = caches.Similarity, weights = caches.Weights;
        MemoryOperations.Similarity(memory, key, s_cosine.Epsilon, similarity);
        _address.Forward([z, similarity, before], caches.Address).AsSpan().CopyTo(weights.AsSpan());
        if (Writes)
        {
            MemoryOperations.Write(memory, weights, _erased.Forward(z, caches.Erased), _added.Forward(z, caches.Added), result);
        }
        else
        {
            MemoryOperations.Read(memory, weights, result);
        }
    }

    /// <summary>The way back of writing.</summary>
    /// <param name="memory">The memory before.</param>
    /// <param name="memoryGradient">The gradient by the memory afterwards, which becomes that by the memory before.</param>
    /// <param name="hiddenGradient">The gradient by the controller's output; added to.</param>
    /// <param name="caches">The caches of the head in this step.</param>
    public void WriteBack(Matrix<T> memory, Matrix<T> memoryGradient, Matrix<T> hiddenGradient, in HeadCaches<T> caches)
    {
        Matrix<T> erased = caches.Erased.Recall(_erased)[^1], added = caches.Added.Recall(_added)[^1];
        Matrix<T> ofWeights = caches.OfWeights, ofErased = caches.OfErased, ofAdded = caches.OfAdded;
        MemoryOperations.WriteBackward(memoryGradient, memory, caches.Weights, erased, added, memoryGradient, ofWeights, ofErased, ofAdded);
        Matrix<T> ofNumbers = _erased.Backward(ofErased, caches.Erased);
        Add(_added.Backward(ofAdded, caches.Added), ofNumbers);
        AddressBack(memory, memoryGradient, ofNumbers, hiddenGradient, caches);
    }

    /// <summary>The way back of reading.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="upstream">The gradient by what was read.</param>
    /// <param name="memoryGradient">The gradient by the memory.</param>
    /// <param name="adds">Whether that is added to; otherwise it is written.</param>
    /// <param name="hiddenGradient">The gradient by the controller's output; added to.</param>
    /// <param name="caches">The caches of the head in this step.</param>
    public void ReadBack(Matrix<T> memory, Matrix<T> upstream, Matrix<T> memoryGradient, bool adds, Matrix<T> hiddenGradient, in HeadCaches<T> caches)
    {
        MemoryOperations.ReadBackward(upstream, memory, caches.Weights, memoryGradient, adds, caches.OfWeights);
        AddressBack(memory, memoryGradient, null, hiddenGradient, caches);
    }

    /// <summary>The head as nodes of a graph.</summary>
    /// <param name="hidden">The controller's output.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="before">The weighting of the step before.</param>
    /// <returns>The weighting, and of a head that writes the memory afterwards, of one that reads what it read.</returns>
    public (Node<T> Weights, Node<T> Result) Apply(Node<T> hidden, Node<T> memory, Node<T> before)
    {
        Graph<T> graph = hidden.Graph;
        Node<T> z = graph.Apply(Affine, hidden);
        Node<T> weights = _gates.Address(z, graph.Apply(s_cosine, memory, _gates.Key(z)), before);
        return (weights, Writes
            ? graph.Apply(new WriteMemoryGate<T>(), memory, weights, _gates.Erased(z), _gates.Added(z))
            : graph.Apply(new ReadMemoryGate<T>(), memory, weights));
    }

    // The gradient by the weighting is what the step behind sends through its own weighting, and what writing or reading sends.
    private void AddressBack(Matrix<T> memory, Matrix<T> memoryGradient, Matrix<T>? ofNumbers, Matrix<T> hiddenGradient, in HeadCaches<T> caches)
    {
        Matrix<T> ofWeights = caches.OfWeights, carried = caches.Carried;
        if (!caches.IsLast)
        {
            Add(carried, ofWeights);
        }

        ReadOnlySpan<Matrix<T>?> downstream = _address.Backward(ofWeights, new Wanted([true, true, !caches.IsFirst]), caches.Address);
        downstream[2]?.AsSpan().CopyTo(carried.AsSpan());
        Matrix<T> ofKey = caches.OfKey, sum = downstream[0]!;
        MemoryOperations.SimilarityBackward(downstream[1]!, memory, caches.Key.Recall(_key)[^1], s_cosine.Epsilon, memoryGradient, adds: true, ofKey);
        Add(_key.Backward(ofKey, caches.Key), sum);
        if (ofNumbers is not null)
        {
            Add(ofNumbers, sum);
        }

        Add(Affine.Backward(sum, caches.Affine), hiddenGradient);
    }

    private static void Add(Matrix<T> matrix, Matrix<T> sum) => TensorPrimitives.Add<T>(sum.AsSpan(), matrix.AsSpan(), sum.AsSpan());
}
