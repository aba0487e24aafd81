using NeuralNet.Core.Graphs.Drawings;

namespace NeuralNet.Core.Graphs;

/// <content>Drawing.</content>
public sealed partial class Graph<T>
{
    /// <summary>The most nodes that a drawing may have: 2,000.</summary>
    public const int MaxDrawnNodes = 2000;

    /// <summary>Draws the graph as it stands: with values after a forward pass, with gradients after a backward pass.</summary>
    /// <returns>A drawing, to be had as text, Mermaid, DOT or SVG.</returns>
    /// <exception cref="InvalidOperationException">The graph is empty or has more than <see cref="MaxDrawnNodes"/> nodes, or a declared node has no
    /// definition.</exception>
    public Drawing Draw()
    {
        PrepareDrawing();
        return DrawingBuilder.Of(this);
    }

    /// <summary>
    /// The derivation of the graph's values and gradients, in Markdown with LaTeX: for each gate its formula, its local gradient, the shapes
    /// and, as far as passes have run, the numbers; what parameters of layers get, under names with their paths; and where branches meet, their sum. A bar over a name is
    /// the gradient of the root by it, ⊙ the product entry by entry.
    /// </summary>
    /// <exception cref="InvalidOperationException">The graph is empty or has more than <see cref="MaxDrawnNodes"/> nodes, or a declared node has no
    /// definition.</exception>
    public string Explain()
    {
        PrepareDrawing();
        return new Derivation<T>(this).Write();
    }

    private void PrepareDrawing()
    {
        Prepare();
        if (_pass.Order.IsEmpty)
        {
            throw new InvalidOperationException("The graph is empty; there is nothing to draw.");
        }

        if (_pass.Order.Length > MaxDrawnNodes)
        {
            throw new InvalidOperationException(
                $"The graph has {_pass.Order.Length:N0} nodes; a drawing of more than {MaxDrawnNodes:N0} would tell nobody anything.");
        }
    }
}
