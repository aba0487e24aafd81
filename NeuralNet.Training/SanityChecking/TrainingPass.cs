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

    public Matrix<T> Input => input;

    public TTarget Target => target;

    public Cache<T> Cache { get; } = new();

    /// <summary>The output of the last pass.</summary>
    public Matrix<T> Output { get; private set; } = Matrices.Zeros<T>(1, 1);

    /// <summary>The layers and what they gave in the last pass.</summary>
    public NetworkPart<T>[] Parts => NetworkPart<T>.Of(network, Cache);

    /// <summary>How large the inputs are, for advice after a pass.</summary>
    public InputScale InputScale => InputScale.Of(input, Parts);

    /// <summary>The loss; the gradients are those of this pass alone.</summary>
    public double Run()
    {
        network.ZeroGradients();
        Output = network.Forward(input, Cache);
        double value = double.CreateTruncating(loss.Forward(Output, target, _lossCache));
        loss.Backward(_lossCache, network, Cache);
        return value;
    }
}
