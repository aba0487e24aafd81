using System.Numerics;
using System.Text.Json;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Checkpoints;

/// <summary>A history in a checkpoint.</summary>
internal static class SavedHistory
{
    private const string Name = "history";

    /// <summary>Saves the epochs.</summary>
    public static void Save<T>(this TrainingHistory history, CheckpointWriter<T> writer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SavedEpoch[] epochs =
        [
            .. history.Epochs.Select(epoch => new SavedEpoch(
                epoch.Epoch, epoch.Steps, epoch.Samples, epoch.Duration.Ticks, [.. epoch.Values.Select(value => value.Name)], [.. epoch.Values.Select(value => value.Value)])),
        ];
        writer.AddText(Name, JsonSerializer.Serialize(epochs, SavedEpochs.Default.SavedEpochArray));
    }

    /// <summary>Adds the epochs that were saved to a history that has none.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static void Restore<T>(this TrainingHistory history, CheckpointReader<T> reader) where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            foreach (SavedEpoch epoch in JsonSerializer.Deserialize(reader.Text(Name), SavedEpochs.Default.SavedEpochArray) ?? [])
            {
                if (epoch is not { Names: not null, Values: not null } || epoch.Names.Length != epoch.Values.Length)
                {
                    throw new JsonException("an epoch has not a name for each figure.");
                }

                history.Add(new EpochRecord(
                    epoch.Epoch, epoch.Steps, epoch.Samples, new TimeSpan(epoch.Ticks), [.. epoch.Names.Zip(epoch.Values, (name, value) => new NamedValue(name, value))]));
            }
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{reader.Name} has a history that cannot be read: {exception.Message}", exception);
        }
    }
}
