using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.SanityChecking;

/// <summary>One forward and backward pass of a network with its loss, always on the same samples.</summary>
internal sealed class TrainingPass<T, TTarget>(Layer<T> network, Loss<T, TTarget> loss, Matrix<T> input, TTarget target)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Cache<T> _lossCache = new();

    public Layer<T> Network => network;

    public Loss<T, TTarget> Loss => loss;

    public Cache<T> Cache { get; } = new();

    /// <summary>The columns of the output of the last pass.</summary>
    public int OutputColumns { get; private set; }

    /// <summary>The loss; the gradients are those of this pass alone.</summary>
    public double Run()
    {
        network.ZeroGradients();
        Matrix<T> output = network.Forward(input, Cache);
        OutputColumns = output.ColumnCount;
        double value = double.CreateTruncating(loss.Forward(output, target, _lossCache));
        loss.Backward(_lossCache, network, Cache);
        return value;
    }
}
