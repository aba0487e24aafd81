using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Training.Fitting;

/// <summary>What each rank of a training has that the others have not, in the checkpoint that rank 0 writes: states of the network, generators, and the figures of the epoch under way.</summary>
/// <param name="trainer">The trainer.</param>
/// <param name="parallel">The ranks.</param>
internal sealed class RankStates<T, TTarget>(Trainer<T, TTarget> trainer, DataParallel<T> parallel) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string RanksName = "ranks";

    private T[][] _states = [];
    private double[][] _figures = [];
    private char[][] _generators = [];

    /// <summary>The ranks.</summary>
    public DataParallel<T> Parallel => parallel;

    /// <summary>Throws where a checkpoint is of another number of ranks.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public static void ThrowIfOthers(CheckpointReader<T> reader, int size)
    {
        long ranks = reader.Has(RanksName) ? reader.Integer(RanksName) : 1;
        if (ranks != size)
        {
            throw new InvalidDataException(
                $"{reader.Name} was made by {ranks} {(ranks == 1 ? "rank" : "ranks")}; this training has {size}. Each has random numbers and figures of its own: go on with as many.");
        }
    }

    /// <summary>Gathers it, on all ranks.</summary>
    public void Gather(TrainingPlace place)
    {
        List<double> figures = [place.LossSum];
        foreach (Metric<T, TTarget> metric in trainer.TrainingMetrics)
        {
            double[] numbers = place.Step > 0 ? metric.Save() : [];
            figures.AddRange([numbers.Length, .. numbers]);
        }

        _states = parallel.Ranks.Gather<T>(trainer.Network.States.SelectMany(state => state.Value.AsSpan().ToArray()).ToArray());
        _figures = parallel.Ranks.Gather<double>(figures.ToArray());
        _generators = parallel.Ranks.Gather<char>(string.Join('\n', trainer.Network.Generators.Select(named => named.Generator.State.ToString())));
    }

    /// <summary>Adds what was gathered of the other ranks; that of rank 0 stands where it stands without them.</summary>
    public void Save(CheckpointWriter<T> writer)
    {
        writer.AddInteger(RanksName, parallel.Ranks.Size);
        for (int rank = 1; rank < parallel.Ranks.Size; rank++)
        {
            CheckpointWriter<T> own = writer.In(PartOf(rank));
            own.AddNumbers("figures", _figures[rank]);
            own.AddText("generators", new string(_generators[rank]));
            if (_states[rank].Length > 0)
            {
                own.Add("states", _states[rank]);
            }
        }
    }

    /// <summary>Takes back what is this rank's, after what is all ranks'.</summary>
    /// <param name="reader">The checkpoint.</param>
    /// <param name="ofFirst">Rank 0's sum of losses.</param>
    /// <returns>This rank's sum of losses.</returns>
    public double Restore(CheckpointReader<T> reader, double ofFirst)
    {
        if (parallel.IsFirst)
        {
            return ofFirst;
        }

        CheckpointReader<T> own = reader.In(PartOf(parallel.Ranks.Rank));
        ReadOnlySpan<double> figures = own.Numbers("figures");
        string[] generators = own.Text("generators").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var states = new T[trainer.Network.States.Sum(state => state.Value.AsSpan().Length)];
        if (states.Length > 0)
        {
            own.Read("states", states);
        }

        double sum = figures[0];
        figures = figures[1..];
        foreach (Metric<T, TTarget> metric in trainer.TrainingMetrics)
        {
            metric.Restore(figures.Slice(1, (int)figures[0]));
            figures = figures[(1 + (int)figures[0])..];
        }

        foreach ((NamedGenerator named, string state) in trainer.Network.Generators.Zip(generators))
        {
            named.Generator.State = PhiloxState.Parse(state, CultureInfo.InvariantCulture);
        }

        ReadOnlySpan<T> rest = states;
        foreach (NamedState<T> state in trainer.Network.States)
        {
            Span<T> value = state.Value.AsSpan();
            rest[..value.Length].CopyTo(value);
            rest = rest[value.Length..];
        }

        return sum;
    }

    private static string PartOf(int rank) => string.Create(CultureInfo.InvariantCulture, $"rank {rank}");
}
