using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>What came back through the inputs of one gate in the last backward pass, and what its parameters got from it. The gate is asked once more, and
/// leaves no trace: gradients of parameters are set aside meanwhile.</summary>
internal sealed class Branches<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Branches(Matrix<T>?[] inputs, Matrix<T>[] parameters) => (Inputs, Parameters) = (inputs, parameters);

    /// <summary>By input; null for one that needs no gradient.</summary>
    public IReadOnlyList<Matrix<T>?> Inputs { get; }

    /// <summary>By parameter, as the gate lists them.</summary>
    public IReadOnlyList<Matrix<T>> Parameters { get; }

    /// <summary>Those of a gate's node, or null where no backward pass has come to it.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">A node that is a gate's output.</param>
    public static Branches<T>? Of(Graph<T> graph, int node)
    {
        if (!graph.IsEvaluated || !graph.IsDifferentiated || !graph.Pass.IsReached(node))
        {
            return null;
        }

        NodeRecord<T> record = graph.Store.Records[node];
        int[] inputs = graph.Store.InputsOf(node).ToArray();
        bool[] isWanted = Array.ConvertAll(inputs, input => graph.Pass.NeedsGradient[input]);
        return record.IsNumber ? OfNumbers(graph, node, record.Gate!, inputs, isWanted) : OfMatrices(graph.Pass.MatricesOf(node), record.Gate!, isWanted);
    }

    private static Branches<T> OfNumbers(Graph<T> graph, int node, Gate<T> gate, int[] inputs, bool[] isWanted)
    {
        T[] downstream = new T[inputs.Length];
        gate.BackwardNumbers(graph.Pass.GradientOf(node), graph.Pass.Values, inputs, node, new Wanted(isWanted), downstream);
        return new Branches<T>([.. downstream.Select((branch, i) => isWanted[i] ? Matrix<T>.Build.Dense(1, 1, branch) : null)], []);
    }

    private static Branches<T> OfMatrices(NodeMatrices<T> matrices, Gate<T> gate, bool[] isWanted)
    {
        var taken = gate.Parameters.Select(named => (named.Parameter, Gradient: named.Parameter.TakeGradient())).ToArray();
        try
        {
            Matrix<T>?[] downstream = gate.Backward(matrices.Gradient!, new Wanted(isWanted), matrices.Cache!).ToArray();
            return new Branches<T>(
                [.. downstream.Select(branch => branch?.Clone())],
                [.. taken.Select(pair => Matrix<T>.Build.Dense(pair.Parameter.Value.RowCount, pair.Parameter.Value.ColumnCount, pair.Parameter.GradientToRead.ToArray()))]);
        }
        finally
        {
            foreach ((Parameter<T> parameter, var gradient) in taken)
            {
                parameter.PutGradientBack(gradient);
            }
        }
    }
}
