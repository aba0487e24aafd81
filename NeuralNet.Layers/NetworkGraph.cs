using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Graphs;

namespace NeuralNet.Layers;

/// <summary>Networks as computational graphs, to be drawn and explained layer by layer.</summary>
public static class NetworkGraph
{
    /// <summary>Adds a network to a graph, each layer as a node of its own; a network inside it likewise.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network. Its parameters receive their gradients in the graph's backward pass.</param>
    /// <param name="input">Its input, <c>[N×D]</c>.</param>
    /// <returns>The output of the last layer.</returns>
    /// <exception cref="ArgumentException">The input is of another graph.</exception>
    public static Node<T> ApplyEach<T>(this Graph<T> graph, Sequential<T> network, Node<T> input)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(network);
        foreach (Layer<T> layer in network.Layers)
        {
            input = layer is Sequential<T> inner ? graph.ApplyEach(inner, input) : graph.Apply(layer, input);
        }

        return input;
    }
}
