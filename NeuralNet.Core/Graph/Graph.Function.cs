using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Gates;

namespace NeuralNet.Core.Graph;

/// <content>The graph as a function, for checks and Jacobians.</content>
public sealed partial class Graph<T>
{
    /// <summary>
    /// A root as a function of the variables behind it and of the parameters of the layers behind it, where they stand: what
    /// <see cref="GradientChecking.GradientCheck"/> and <see cref="Jacobians.Jacobian{T}"/> take.
    /// </summary>
    /// <param name="root">Any node that depends on a variable or on a layer with parameters.</param>
    /// <exception cref="ArgumentException">The root is of another graph, or depends on neither.</exception>
    public DifferentiableFunction<T> AsFunction(Node<T> root)
    {
        Prepare();
        Node<T>[] behind = [.. Behind(IndexOf(root)).Select(node => new Node<T>(this, node))];
        Node<T>[] variables = [.. behind.Where(node => node.Kind == NodeKind.Variable)];
        NamedParameter<T>[] parameters = [.. behind
            .Where(node => node.Gate is LayerGate<T>)
            .SelectMany(node => ((LayerGate<T>)node.Gate!).Layer.Parameters.Select(named => named with { Name = $"{node.Name}.{named.Name}" }))
            .DistinctBy(named => named.Parameter)];
        Matrix<T>[] values = [.. variables.Select(node => node.Matrix)];
        return new DifferentiableFunction<T>(
            root.Name,
            [
                .. variables.Select((node, i) => new NamedMatrix<T>(node.Name, values[i])),
                .. parameters.Select(named => new NamedMatrix<T>(named.Name, named.Parameter.Value)),
            ],
            Evaluate,
            Differentiate);

        Matrix<T> Evaluate()
        {
            for (int i = 0; i < variables.Length; i++)
            {
                if (_store.Records[IndexOf(variables[i])].IsNumber)
                {
                    variables[i].Set(values[i].AsSpan()[0]);
                }
            }

            Forward();
            return root.Matrix;
        }

        IReadOnlyList<Matrix<T>> Differentiate(Matrix<T> upstream)
        {
            foreach (NamedParameter<T> named in parameters)
            {
                named.Parameter.ZeroGradient();
            }

            Backward(root, upstream);
            return [.. variables.Select(node => node.MatrixGradient), .. parameters.Select(named => named.Parameter.Gradient)];
        }
    }

    // The nodes that a root depends on, and the root, in topological order.
    private IEnumerable<int> Behind(int root)
    {
        bool[] isBehind = new bool[_store.Count];
        isBehind[root] = true;
        int[] order = _evaluator.Order.ToArray();
        foreach (int node in order.Reverse().Where(node => isBehind[node]))
        {
            foreach (int input in _store.InputsOf(node))
            {
                isBehind[input] = true;
            }
        }

        return order.Where(node => isBehind[node]);
    }
}
