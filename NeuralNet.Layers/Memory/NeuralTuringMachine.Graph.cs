using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Layers.Memory;

/// <content>The machine as a graph.</content>
public sealed partial class NeuralTuringMachine<T>
{
    /// <summary>The machine unrolled over some steps, as nodes of a graph, each gate a node of its own: to be drawn and explained. Nodes are named <c>h1</c>, <c>w write0 1</c>, <c>M write0 1</c>, <c>r read0 1</c>, <c>y1</c>, with the
    /// number of the step behind.</summary>
    /// <remarks>The graph computes what the layer computes, with the layer's parameters, and adds to their gradients in its backward pass; but it has a gradient of the memory for each use.</remarks>
    /// <param name="graph">The graph.</param>
    /// <param name="samples">N, 1 or more.</param>
    /// <param name="inputs">The input of each step <c>[N×C]</c>.</param>
    /// <returns>The output of each step <c>[N×O]</c>.</returns>
    /// <exception cref="ArgumentException">An input is of another graph, or a name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample.</exception>
    public IReadOnlyList<Node<T>> Unroll(Graph<T> graph, int samples, IReadOnlyList<Node<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        var first = new MachineStep<T>(this, new Cache<T>(), 0, inputs.Count, samples);
        Begin(first);
        Node<T> memory = graph.Constant(first.FirstMemory, "M0"), start = graph.Constant(first.FirstWeights, "w0");
        Node<T>[] weights = [.. _heads.Select(_ => start)], outputs = new Node<T>[inputs.Count];
        Node<T>[] read = [.. Enumerable.Repeat(graph.Constant(Matrices.Zeros<T>(samples, Width), "r0"), ReadHeads)];
        var join = new ConcatenateGate<T>();
        for (int t = 0; t < inputs.Count; t++)
        {
            Node<T> hidden = graph.ApplyEach(_controller, graph.Apply(join, [inputs[t], .. read])).Named($"h{t + 1}");
            for (int i = 0; i < _heads.Length; i++)
            {
                (weights[i], Node<T> result) = _heads[i].Apply(hidden, memory, weights[i]);
                weights[i].Named($"w {_heads[i].Name} {t + 1}");
                if (_heads[i].Writes)
                {
                    memory = result.Named($"M {_heads[i].Name} {t + 1}");
                }
                else
                {
                    read[i - WriteHeads] = result.Named($"r {_heads[i].Name} {t + 1}");
                }
            }

            outputs[t] = graph.Apply(_output, graph.Apply(join, [hidden, .. read])).Named($"y{t + 1}");
        }

        return outputs;
    }
}
