namespace NeuralNet.Training.Fitting;

/// <summary>The figures of one epoch.</summary>
/// <remarks>
/// <para>Named and in this order: <c>training loss</c>, <c>training …</c> for each training metric; where there is validation, <c>validation loss</c> and
/// <c>validation …</c> for each metric; then <c>learning rate</c>.</para>
/// <para><b>Losses</b> are means over the samples of the batches' losses; that of training is taken while the weights move, without regularisation terms.</para>
/// <para><b>Threads.</b> Immutable.</para>
/// </remarks>
public sealed class EpochRecord
{
    /// <summary>The name of the loss on the training batches.</summary>
    public const string TrainingLossName = "training loss";

    /// <summary>The name of the loss on the validation batches.</summary>
    public const string ValidationLossName = "validation loss";

    /// <summary>The name of the rate of the optimiser's first group, the schedule's factor included, at the last step of the epoch.</summary>
    public const string LearningRateName = "learning rate";

    /// <summary>A record of an epoch.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="steps">Steps of the optimiser at its end.</param>
    /// <param name="samples">Training samples that passed in it.</param>
    /// <param name="duration">Time that its training steps took, batches included, validation not.</param>
    /// <param name="values">The figures, each with a name of its own.</param>
    /// <exception cref="ArgumentException">Two figures have one name.</exception>
    public EpochRecord(int epoch, long steps, long samples, TimeSpan duration, IReadOnlyList<NamedValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.GroupBy(value => value.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two figures of an epoch are named '{twice.Key}': give the metrics names of their own.", nameof(values));
        }

        (Epoch, Steps, Samples, Duration, Values) = (epoch, steps, samples, duration, values);
    }

    /// <summary>Number of the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Steps that the optimiser had taken at its end.</summary>
    public long Steps { get; }

    /// <summary>Training samples that passed in it.</summary>
    public long Samples { get; }

    /// <summary>Time that its training steps took, with the making of their batches, without validation.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The figures in their order.</summary>
    public IReadOnlyList<NamedValue> Values { get; }

    /// <summary>The mean loss of the training batches.</summary>
    public double TrainingLoss => this[TrainingLossName];

    /// <summary>The mean loss of the validation batches; null without validation.</summary>
    public double? ValidationLoss => Find(ValidationLossName);

    /// <summary>Training samples a second.</summary>
    public double SamplesPerSecond => Duration > TimeSpan.Zero ? Samples / Duration.TotalSeconds : 0;

    /// <summary>The figure of a name.</summary>
    /// <param name="name">One of the names in <see cref="Values"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public double this[string name] => Find(name) ?? throw new ArgumentException(
        $"Epoch {Epoch} has no figure '{name}'; it has: {string.Join(", ", Values.Select(value => value.Name))}.", nameof(name));

    /// <summary>The figure of a name, or null where there is none.</summary>
    /// <param name="name">The name.</param>
    public double? Find(string name)
    {
        foreach (NamedValue value in Values)
        {
            if (value.Name == name)
            {
                return value.Value;
            }
        }

        return null;
    }

    /// <summary><c>epoch 3: training loss 0.1234, validation loss 0.1456, …</c></summary>
    public override string ToString() => $"epoch {Epoch}: {string.Join(", ", Values)}";
}
