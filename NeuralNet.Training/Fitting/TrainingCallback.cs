using System.Numerics;
using NeuralNet.Training.Checkpoints;

namespace NeuralNet.Training.Fitting;

/// <summary>Something that is told what a training does, and may stop it: override what you need.</summary>
/// <remarks>
/// <para>Order: <see cref="OnStart"/>, and <see cref="Restore"/> where the training goes on from a checkpoint; in each epoch, at each step <see cref="OnGradients"/> and then <see cref="OnStep"/>, and after validation <see cref="OnEpoch"/>; at
/// last <see cref="OnEnd"/>, also where the token or a callback ended it, but not where an exception did.</para>
/// <para><b>Threads.</b> Called by the thread that trains. An exception ends the training and reaches the caller.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class TrainingCallback<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether, where several ranks train together, the callback is told on rank 0 only, as one that prints or writes files; false by default. One that changes anything of the
    /// training must be told on all of them. What it stops, stops on all in any case.</summary>
    public virtual bool IsForFirstRankOnly => false;

    /// <summary>The training begins.</summary>
    /// <param name="state">The training.</param>
    public virtual void OnStart(TrainingState<T> state)
    {
    }

    /// <summary>The gradients of a step are there, clipped, and the weights have not moved yet.</summary>
    /// <param name="state">The training.</param>
    public virtual void OnGradients(TrainingState<T> state)
    {
    }

    /// <summary>A step is done.</summary>
    /// <param name="state">The training.</param>
    public virtual void OnStep(TrainingState<T> state)
    {
    }

    /// <summary>An epoch and its validation are done. Where weights are averaged, the network holds the average here, which is what was measured.</summary>
    /// <param name="state">The training.</param>
    /// <param name="record">The figures of the epoch, the last of the history.</param>
    public virtual void OnEpoch(TrainingState<T> state, EpochRecord record)
    {
    }

    /// <summary>A checkpoint is made: adds what this callback would need to go on in another run. Nothing by default.</summary>
    /// <param name="checkpoint">A part of the checkpoint, whose names are this callback's own.</param>
    public virtual void Save(CheckpointWriter<T> checkpoint)
    {
    }

    /// <summary>The training goes on from a checkpoint: called after <see cref="OnStart"/>, with what <see cref="Save"/> added. Where the callback was not there then, its part is empty.</summary>
    /// <param name="checkpoint">The part of the checkpoint.</param>
    public virtual void Restore(CheckpointReader<T> checkpoint)
    {
    }

    /// <summary>The training is over.</summary>
    /// <param name="state">The training.</param>
    public virtual void OnEnd(TrainingState<T> state)
    {
    }
}
