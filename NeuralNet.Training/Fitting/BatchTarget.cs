using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Training.Data;

namespace NeuralNet.Training.Fitting;

/// <summary>Which part of a batch is what a loss compares with.</summary>
internal static class BatchTarget
{
    /// <summary>The labels for losses on labels, the targets for losses on matrices.</summary>
    /// <exception cref="ArgumentException">The loss compares with something else, which only the caller can say where to find.</exception>
    public static Func<Batch<T>, TTarget> Of<T, TTarget>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        Func<Batch<T>, ReadOnlyMemory<int>> labels = batch => batch.Labels;
        Func<Batch<T>, Matrix<T>> targets = batch => batch.Targets;
        return labels as Func<Batch<T>, TTarget> ?? targets as Func<Batch<T>, TTarget> ?? throw new ArgumentException(
            $"A batch has labels and targets, but the loss compares with {typeof(TTarget).Name}: say what to take of a batch.", "target");
    }
}
