using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Reports;

/// <summary>What a <see cref="TrainingReport"/> is to show.</summary>
public sealed record TrainingReportOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static TrainingReportOptions Default { get; } = new();

    /// <summary>The heading. Default: <c>Training report</c>.</summary>
    /// <exception cref="ArgumentException">The title is blank.</exception>
    public string Title
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Title));
            field = value;
        }
    } = "Training report";

    /// <summary>Settings that a trainer does not know, such as the batch size, the seeds or the data's origin: names and texts, shown first. Default: none.</summary>
    /// <exception cref="ArgumentNullException">A name or a text is null.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Settings
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Settings));
            foreach ((string name, string text) in value)
            {
                ArgumentNullException.ThrowIfNull(name, nameof(Settings));
                ArgumentNullException.ThrowIfNull(text, nameof(Settings));
            }

            field = value;
        }
    } = [];

    /// <summary>What a sample consists of, for images. Null (the default): what the data set says, or else what the network takes.</summary>
    public SampleShape? SampleShape { get; init; }

    /// <summary>How many of the worst mistakes are shown. Default 24; from 0 to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public int Mistakes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Mistakes));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100, nameof(Mistakes));
            field = value;
        }
    } = 24;

    /// <summary>Whether the network's one output is the logit of class 1 against class 0, so that mistakes and a confusion matrix are shown instead of numbers.
    /// Default: false; a trainer with a <see cref="Metrics.BinaryMetric{T}"/> among its metrics counts as one in any case.</summary>
    public bool IsBinary { get; init; }
}
