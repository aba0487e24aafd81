using System.Globalization;
using NeuralNet.Core.Text;

namespace NeuralNet.Training.Fitting;

/// <summary>What happened in a training, epoch by epoch.</summary>
/// <remarks><b>Threads.</b> Written by the thread that trains; read it when the training is over, or in a callback.</remarks>
public sealed class TrainingHistory
{
    private readonly List<EpochRecord> _epochs = [];

    /// <summary>The epochs that were completed, in order.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>The last completed epoch.</summary>
    /// <exception cref="InvalidOperationException">No epoch was completed.</exception>
    public EpochRecord Last => _epochs.Count > 0 ? _epochs[^1] : throw new InvalidOperationException("No epoch was completed.");

    /// <summary>Why the training ended.</summary>
    public TrainingEnd End { get; internal set; }

    /// <summary>The reason in words, where a callback ended it; otherwise empty.</summary>
    public string EndReason { get; internal set; } = "";

    /// <summary>The figures of one name, one an epoch; NaN where an epoch has none of it.</summary>
    /// <param name="name">Such as <c>validation loss</c>.</param>
    /// <exception cref="ArgumentException">No epoch has such a figure.</exception>
    public IReadOnlyList<double> Curve(string name) => Names.Contains(name)
        ? [.. _epochs.Select(epoch => epoch.Find(name) ?? double.NaN)]
        : throw new ArgumentException($"The history has no figure '{name}'; it has: {string.Join(", ", Names)}.", nameof(name));

    /// <summary>The names of all figures, in the order in which they came first.</summary>
    public IReadOnlyList<string> Names => [.. _epochs.SelectMany(epoch => epoch.Values).Select(value => value.Name).Distinct()];

    /// <summary>Adds an epoch, such as one read from a file.</summary>
    /// <param name="record">The epoch.</param>
    public void Add(EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _epochs.Add(record);
    }

    /// <summary>A table, one line an epoch.</summary>
    public override string ToString()
    {
        IReadOnlyList<string> names = Names;
        var table = new TextTable(["epoch", .. names, "samples/s"]);
        foreach (EpochRecord epoch in _epochs)
        {
            table.Add(
            [
                epoch.Epoch.ToString(CultureInfo.InvariantCulture),
                .. names.Select(name => epoch.Find(name)?.ToString("G4", CultureInfo.InvariantCulture) ?? ""),
                epoch.SamplesPerSecond.ToString("N0", CultureInfo.InvariantCulture),
            ]);
        }

        return table + (EndReason.Length > 0 ? $"{EndReason}\n" : "");
    }
}
