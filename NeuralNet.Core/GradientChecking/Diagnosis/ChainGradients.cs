using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The backward pass of a <see cref="ChainModel"/>, with places for mistakes.</summary>
/// <param name="chain">The chain.</param>
internal sealed class ChainGradients(ChainModel chain)
{
    /// <summary>The way back through the activation of a layer, from upstream; by default the right one.</summary>
    public Func<int, Matrix<double>, Matrix<double>> Activate { get; init; } =
        (l, u) => chain.Layers[l].Activation.Back(u, chain.Layers[l].Sum, chain.Layers[l].Output);

    /// <summary>The weights by which the gradient goes back through a layer, as it multiplied by them.</summary>
    public Func<int, Matrix<double>> Weights { get; init; } = l => chain.Layers[l].Weights;

    /// <summary>What stands for a layer's input in the gradient of its weights.</summary>
    public Func<int, Matrix<double>> Inputs { get; init; } = l => chain.Layers[l].Input;

    /// <summary>Whether the use of its weights by a layer counts.</summary>
    public Func<int, bool> Counts { get; init; } = _ => true;

    /// <summary>The gradient by a variable.</summary>
    /// <param name="variable">The variable.</param>
    /// <returns>In its shape; null where shapes do not fit.</returns>
    public Matrix<double>? By(NamedMatrix<double> variable)
    {
        Matrix<double> u = chain.Upstream;
        Matrix<double> sum = Matrix<double>.Build.Dense(variable.Value.RowCount, variable.Value.ColumnCount);
        for (int l = chain.Layers.Length - 1; l >= 0; l--)
        {
            ChainLayer layer = chain.Layers[l];
            Matrix<double> dz = Activate(l, u), input = Inputs(l), weights = Weights(l);
            if (ReferenceEquals(layer.Weight, variable) && Counts(l))
            {
                if (input.ColumnCount != layer.Weights.RowCount)
                {
                    return null;
                }

                Matrix<double> dw = input.Transpose() * dz;
                sum += layer.IsTransposed ? dw.Transpose() : dw;
            }

            if (ReferenceEquals(layer.Bias, variable))
            {
                sum += Matrix<double>.Build.Dense(sum.RowCount, sum.ColumnCount, dz.ColumnSums().ToArray());
            }

            if (weights.ColumnCount != dz.ColumnCount || weights.RowCount != layer.Input.ColumnCount)
            {
                return null;
            }

            u = dz * weights.Transpose();
        }

        return ReferenceEquals(chain.Input, variable) ? sum + (chain.IsTurned ? u.Transpose() : u) : sum;
    }
}
