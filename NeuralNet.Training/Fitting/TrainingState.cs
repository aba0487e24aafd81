using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.Fitting;

/// <summary>A training under way, as callbacks see it.</summary>
/// <remarks><b>Threads.</b> That of the thread that trains.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingState<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<string, bool> _isHigherBetter;

    internal TrainingState(
        Layer<T> network, Optimizer<T> optimizer, Cache<T> cache, TrainingHistory history, int epochs, IReadOnlyList<string> figures, Func<string, bool> isHigherBetter)
    {
        (Network, Optimizer, Cache, History, Epochs, Figures) = (network, optimizer, cache, history, epochs, figures);
        _isHigherBetter = isHigherBetter;
    }

    /// <summary>The network.</summary>
    public Layer<T> Network { get; }

    /// <summary>The optimiser.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>The network's training cache, with the last step's pass in it.</summary>
    public Cache<T> Cache { get; }

    /// <summary>The epochs that are completed.</summary>
    public TrainingHistory History { get; }

    /// <summary>Epochs in all.</summary>
    public int Epochs { get; }

    /// <summary>The names of the figures that each epoch will have.</summary>
    public IReadOnlyList<string> Figures { get; }

    /// <summary>The epoch under way, from 1; the last one after it.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Steps of that epoch that are done.</summary>
    public long Step { get; internal set; }

    /// <summary>The loss of the last batch, regularisation not included.</summary>
    public double Loss { get; internal set; }

    /// <summary>Whether somebody has asked for an end.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Why, in words.</summary>
    internal string StopReason { get; private set; } = "";

    /// <summary>Ends the training after the step, or the epoch, that is under way.</summary>
    /// <param name="reason">Why, in a sentence for the history.</param>
    public void Stop(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (!IsStopping)
        {
            (IsStopping, StopReason) = (true, reason);
        }
    }

    /// <summary>Whether more of a figure is better: not so for losses and the learning rate, for metrics as they say.</summary>
    /// <param name="name">Name of the figure in an <see cref="EpochRecord"/>.</param>
    public bool IsHigherBetter(string name) => _isHigherBetter(name);
}
