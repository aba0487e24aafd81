using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.Fitting;

/// <summary>Makes trainers without naming their types.</summary>
public static class Trainer
{
    /// <summary>A trainer: <c>var trainer = Trainer.For(network, loss, optimizer);</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TTarget">What the loss compares with.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss of its output.</param>
    /// <param name="optimizer">What moves its parameters.</param>
    /// <param name="target">What of a batch the loss compares with; null (the default) for its labels or its targets, as the loss takes.</param>
    /// <exception cref="ArgumentException">See the constructor of <see cref="Trainer{T, TTarget}"/>.</exception>
    public static Trainer<T, TTarget> For<T, TTarget>(
        Layer<T> network, Loss<T, TTarget> loss, Optimizer<T> optimizer, Func<Batch<T>, TTarget>? target = null)
        where T : unmanaged, IFloatingPointIeee754<T> => new(network, loss, optimizer, target);
}
