using System.Globalization;
using System.Numerics;
using NeuralNet.Training.Data;

namespace NeuralNet.Training.Checkpoints;

/// <summary>The place of a loader in its epochs, in a checkpoint.</summary>
internal static class BatchPlace
{
    private const string Part = "batches";

    /// <summary>Saves the place, and what the batches are made of, by which others are told from them.</summary>
    /// <param name="loader">The loader.</param>
    /// <param name="writer">The checkpoint.</param>
    /// <param name="place">The place, if it is not the one that the loader says: that of another loader's batch, which are copies of this one's.</param>
    public static void SavePlace<T>(this BatchLoader<T> loader, CheckpointWriter<T> writer, (int Epoch, int Position)? place = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int epoch, int position) = place ?? (loader.Epoch, loader.Position);
        writer.In(Part).AddText("of", Description(loader));
        writer.In(Part).AddInteger("epoch", epoch);
        writer.In(Part).AddInteger("position", position);
    }

    /// <summary>Throws where the batches are others.</summary>
    /// <exception cref="InvalidDataException">They are, or there is no place.</exception>
    public static void CheckPlace<T>(this BatchLoader<T> loader, CheckpointReader<T> reader) where T : unmanaged, IFloatingPointIeee754<T>
    {
        CheckpointReader<T> own = reader.In(Part);
        if (own.Text("of") != Description(loader))
        {
            throw new InvalidDataException($"{reader.Name} was made with {own.Text("of")}; here it is {Description(loader)}.");
        }

        if (own.Integer("epoch") is < 0 or > int.MaxValue || own.Integer("position") < 0 || own.Integer("position") > loader.Count)
        {
            throw new InvalidDataException($"{reader.Name} says epoch {own.Integer("epoch")}, batch {own.Integer("position")}, but an epoch has {loader.Count} batches.");
        }
    }

    /// <summary>Goes on from the place.</summary>
    public static void RestorePlace<T>(this BatchLoader<T> loader, CheckpointReader<T> reader) where T : unmanaged, IFloatingPointIeee754<T> =>
        loader.Resume((int)reader.In(Part).Integer("epoch"), (int)reader.In(Part).Integer("position"));

    private static string Description<T>(BatchLoader<T> loader) where T : unmanaged, IFloatingPointIeee754<T> => string.Create(
        CultureInfo.InvariantCulture,
        $"batches of {loader.BatchSize} of {loader.Data.Count} samples, {(loader.Seed is long seed ? $"shuffled by seed {seed}" : "in order")}{(loader.DropLast ? ", whole ones only" : "")}");
}
