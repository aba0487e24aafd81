using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>A loss by a target.</summary>
/// <param name="Forward">From prediction, weights and cache.</param>
/// <param name="Backward">From upstream and cache.</param>
/// <param name="Gate">The loss as a gate.</param>
/// <param name="Counts">What each sample counts of its own accord.</param>
internal sealed record LossCall<T>(
    Func<Matrix<T>, Matrix<T>?, Cache<T>, T> Forward, Func<T, Cache<T>, Matrix<T>> Backward, Func<Matrix<T>?, Layer<T>> Gate, double[] Counts)
    where T : unmanaged, IFloatingPointIeee754<T>;
