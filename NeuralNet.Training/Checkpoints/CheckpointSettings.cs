using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Training.Data;

namespace NeuralNet.Training.Checkpoints;

/// <summary>When and where a <see cref="Fitting.Trainer{T, TTarget}"/> saves checkpoints, and whether it goes on from the last one.</summary>
/// <remarks>
/// <para>A checkpoint is saved after every so many epochs and steps, and where the training is cancelled. With <see cref="Resumes"/>, <c>Fit</c> goes on from the newest one, in the
/// middle of an epoch too, and what comes of it has the very bits of a training that was never interrupted, as long as the program is the same.</para>
/// <para><b>Callbacks</b> that have something to remember save it as well (<see cref="Fitting.TrainingCallback{T}.Save"/>).</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="folder">The folder; made if it does not exist. Of one training alone.</param>
public sealed class CheckpointSettings<T>(string folder) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = string.IsNullOrWhiteSpace(folder) ? throw new ArgumentException("A folder of checkpoints needs a name.", nameof(folder)) : folder;

    /// <summary>Every how many epochs one is saved, 1 (the default) or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int EveryEpochs { get; init => field = AtLeastOne(value, nameof(EveryEpochs)); } = 1;

    /// <summary>Every how many steps one is saved within an epoch, 1 or more; null, the default, for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int? EverySteps { get; init => field = value is int steps ? AtLeastOne(steps, nameof(EverySteps)) : null; }

    /// <summary>How many of the last ones are kept, 1 or more; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int KeepLast { get; init => field = AtLeastOne(value, nameof(KeepLast)); } = 3;

    /// <summary>The figure by which the best epoch's checkpoint is kept, whenever it was; null, the default, for the validation loss, or the training loss without validation.</summary>
    public string? Best { get; init; }

    /// <summary>Whether the training goes on from the newest checkpoint, if there is one. Without it, the default, a folder that holds some is refused.</summary>
    public bool Resumes { get; init; }

    /// <summary>The loader whose batches are trained on, where <c>Fit</c> is given what is made of them one by one, such as by <c>Prefetch</c>; null, the default, where it is given the
    /// loader.</summary>
    public BatchLoader<T>? Batches { get; init; }

    /// <summary>Generators that the program draws from, beside those of the network; none by default.</summary>
    public IReadOnlyList<NamedGenerator> Generators { get; init; } = [];

    /// <summary>Told that a checkpoint could not be written, a full disk perhaps; the training goes on, and the checkpoints before are as they were. Null, the default: the exception ends the
    /// training.</summary>
    public Action<Exception>? WriteFailed { get; init; }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
