using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers.Saving;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Checkpoints;

/// <summary>All that a training consists of, to be saved in one file while it goes on, and restored into another run of the same program, which then goes on with the very bits.</summary>
/// <remarks>
/// <para><b>What is saved:</b> the network's parameters, states and generators; the optimiser's states, steps and rates, parameters that it trains beside the network, and the
/// <see cref="ReduceOnPlateau"/> in its schedule; and what is named here beside them. What the program itself says (settings, schedules, data) is not saved but compared where it can be.</para>
/// <para>A loop of one's own saves between two steps. <see cref="Trainer{T, TTarget}"/> does all of it by its setting <c>Checkpoints</c>.</para>
/// <para><b>Threads.</b> One, between steps.</para>
/// </remarks>
/// <example>
/// <code>
/// var checkpoint = new Checkpoint&lt;float&gt;(net, optimizer) { Batches = train };
/// if (File.Exists(path))
/// {
///     checkpoint.Restore(path);
/// }
///
/// while (train.Epoch &lt; epochs)
/// {
///     foreach (var batch in train)
///     {
///         …                                           // a step
///         if (optimizer.Steps % 500 == 0)
///         {
///             checkpoint.Save(path);
///         }
///     }
/// }
/// </code>
/// </example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Checkpoint<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const string NetworkPart = "network", OptimizerPart = "optimizer", BesidePart = "beside", AveragePart = "average", RandomPart = "random";
    private readonly Gate<T> _network;
    private readonly Optimizer<T> _optimizer;

    /// <summary>What a training consists of at least.</summary>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">What moves its parameters.</param>
    public Checkpoint(Gate<T> network, Optimizer<T> optimizer)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        (_network, _optimizer) = (network, optimizer);
    }

    /// <summary>A moving average of the weights; none by default.</summary>
    public ExponentialMovingAverage<T>? WeightAverage { get; init; }

    /// <summary>The batches, whose place is saved: the next one of the epoch under way; none by default.</summary>
    public BatchLoader<T>? Batches { get; init; }

    /// <summary>Generators that the program draws from, beside those of the network; none by default.</summary>
    public IReadOnlyList<NamedGenerator> Generators { get; init; } = [];

    /// <summary>The epochs so far; none by default.</summary>
    public TrainingHistory? History { get; init; }

    /// <summary>Saves everything: the whole new file is there, or the whole old one.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="IOException">It could not be written; what was there before is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public void Save(string path) => Save(path, _ => { });

    /// <summary>Puts everything back as it was when the file was saved.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or is a checkpoint of another network, optimiser or order of batches: the message says what differs. Nothing changed, unless the
    /// message says otherwise.</exception>
    public void Restore(string path) => Restore(path, _ => { });

    /// <summary>Saves everything, and more.</summary>
    internal void Save(string path, Action<CheckpointWriter<T>> addMore) => CheckpointFile.Write<T>(path, writer =>
    {
        writer.File.AddNetwork(_network, NetworkPart + "/");
        SaveOptimizer(writer.In(OptimizerPart));
        foreach ((string name, Parameter<T> parameter) in Beside)
        {
            writer.In(BesidePart).Add(name, parameter.Value);
        }

        SaveAverage(writer.In(AveragePart));
        foreach ((string name, Philox generator) in AllGenerators)
        {
            writer.In(RandomPart).AddText(name, generator.State.ToString());
        }

        Batches?.SavePlace(writer);
        History?.Save(writer);
        addMore(writer);
    });

    /// <summary>Puts everything back, and more.</summary>
    internal void Restore(string path, Action<CheckpointReader<T>> readMore) => CheckpointFile.Read<T>(path, reader =>
    {
        // What can be wrong is asked first, so that nothing is changed by half.
        try
        {
            reader.File.CheckNetwork(_network, NetworkPart + "/");
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{reader.Name}: {exception.Message}", exception);
        }

        CheckOptimizer(reader.In(OptimizerPart));
        CheckAverage(reader.In(AveragePart));
        (Philox Generator, PhiloxState State)[] generators = [.. AllGenerators.Select(named => (named.Generator, StateOf(reader.In(RandomPart), named.Name)))];
        Batches?.CheckPlace(reader);

        RestoreAll(reader, generators);
        readMore(reader);
    });

    // Whoever writes a file by hand can name numbers that nothing takes; the checksum keeps others out.
    private void RestoreAll(CheckpointReader<T> reader, (Philox Generator, PhiloxState State)[] generators)
    {
        try
        {
            RestoreOptimizer(reader.In(OptimizerPart));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{reader.Name} holds what {_optimizer} cannot have: {exception.Message}", exception);
        }

        foreach ((string name, Parameter<T> parameter) in Beside)
        {
            reader.In(BesidePart).Read(name, parameter.Value);
        }

        RestoreAverage(reader.In(AveragePart));
        reader.File.ReadNetwork(_network, NetworkPart + "/");
        foreach ((Philox generator, PhiloxState state) in generators)
        {
            generator.State = state;
        }

        Batches?.RestorePlace(reader);
        History?.Restore(reader);
    }

    // What is trained beside the network belongs to the training as well.
    private IEnumerable<NamedParameter<T>> Beside
    {
        get
        {
            var own = _network.Parameters.Select(named => named.Parameter).ToHashSet();
            return _optimizer.Groups.SelectMany(group => group.Parameters).Where(named => !own.Contains(named.Parameter));
        }
    }

    private IEnumerable<NamedGenerator> AllGenerators =>
        _network.Generators.Select(named => named with { Name = $"network/{named.Name}" }).Concat(Generators.Select(named => named with { Name = $"program/{named.Name}" }));

    private static PhiloxState StateOf(CheckpointReader<T> reader, string name) => PhiloxState.TryParse(reader.Text(name), null, out PhiloxState state)
        ? state
        : throw new InvalidDataException($"{reader.Name}: the generator '{name}' has the state '{reader.Text(name)}', which is none.");

    private void SaveOptimizer(CheckpointWriter<T> writer)
    {
        writer.AddText("kind", _optimizer.ToString());
        writer.AddInteger("steps", _optimizer.Steps);
        writer.AddNumbers("rates", [.. _optimizer.Groups.Select(group => double.CreateTruncating(group.LearningRate))]);
        PlateauState[] plateaus = [.. ReduceOnPlateau.In(_optimizer.Schedule).Select(plateau => plateau.State)];
        writer.AddNumbers("plateaus", [.. plateaus.SelectMany(state => new[] { state.Factor, state.Best ?? double.NaN, state.BadReports, state.CooldownLeft })]);
        foreach (OptimizerState<T> state in _optimizer.States)
        {
            writer.In("states").Add(state.Name, state.Value);
        }
    }

    private void CheckOptimizer(CheckpointReader<T> reader)
    {
        if (reader.Text("kind") != _optimizer.ToString())
        {
            throw new InvalidDataException($"{reader.Name} was made while {reader.Text("kind")} trained; this is {_optimizer}.");
        }

        if (reader.Numbers("rates").Length != _optimizer.Groups.Count)
        {
            throw new InvalidDataException($"{reader.Name} was made while {_optimizer} had {reader.Numbers("rates").Length} groups of parameters; this one has {_optimizer.Groups.Count}.");
        }

        if (reader.Numbers("plateaus").Length != 4 * ReduceOnPlateau.In(_optimizer.Schedule).Count())
        {
            throw new InvalidDataException($"{reader.Name} was made with another schedule of the learning rate than {_optimizer.Schedule}.");
        }

        ThrowIfNamesDiffer(reader.In("states"), _optimizer.States.Select(state => state.Name), $"states of {_optimizer}");
    }

    private void RestoreOptimizer(CheckpointReader<T> reader)
    {
        OptimizerState<T>[] states = [.. _optimizer.States.Select(state => state with { Value = Matrices.Zeros<T>(state.Value.RowCount, state.Value.ColumnCount) })];
        foreach (OptimizerState<T> state in states)
        {
            reader.In("states").Read(state.Name, state.Value);
        }

        double[] rates = reader.Numbers("rates"), plateaus = reader.Numbers("plateaus");
        _optimizer.RestoreState(reader.Integer("steps"), states);
        for (int i = 0; i < rates.Length; i++)
        {
            _optimizer.Groups[i].LearningRate = T.CreateTruncating(rates[i]);
        }

        foreach ((ReduceOnPlateau plateau, double[] state) in ReduceOnPlateau.In(_optimizer.Schedule).Zip(plateaus.Chunk(4)))
        {
            plateau.State = new PlateauState(state[0], double.IsNaN(state[1]) ? null : state[1], (int)state[2], (int)state[3]);
        }
    }

    private void SaveAverage(CheckpointWriter<T> writer)
    {
        if (WeightAverage is null)
        {
            return;
        }

        writer.AddInteger("updates", WeightAverage.Updates);
        foreach (NamedState<T> mean in WeightAverage.Averages)
        {
            writer.In("means").Add(mean.Name, mean.Value);
        }
    }

    private void CheckAverage(CheckpointReader<T> reader)
    {
        if (reader.Has("updates") && reader.Integer("updates") < 0)
        {
            throw new InvalidDataException($"{reader.Name} has a moving average of {reader.Integer("updates")} updates.");
        }

        if (reader.Has("updates") != WeightAverage is not null)
        {
            throw new InvalidDataException(WeightAverage is null
                ? $"{reader.Name} was made with a moving average of the weights; here there is none."
                : $"{reader.Name} was made without a moving average of the weights; here there is one.");
        }

        ThrowIfNamesDiffer(reader.In("means"), WeightAverage?.Averages.Select(mean => mean.Name) ?? [], "averaged weights");
    }

    private void RestoreAverage(CheckpointReader<T> reader)
    {
        if (WeightAverage is null)
        {
            return;
        }

        NamedState<T>[] means = [.. WeightAverage.Averages.Select(mean => mean with { Value = Matrices.Zeros<T>(mean.Value.RowCount, mean.Value.ColumnCount) })];
        foreach (NamedState<T> mean in means)
        {
            reader.In("means").Read(mean.Name, mean.Value);
        }

        WeightAverage.RestoreState(reader.Integer("updates"), means);
    }

    private static void ThrowIfNamesDiffer(CheckpointReader<T> reader, IEnumerable<string> names, string what)
    {
        string[] own = [.. names], given = [.. reader.Tensors], missing = [.. own.Except(given)], unexpected = [.. given.Except(own)];
        if (missing.Length + unexpected.Length > 0)
        {
            string[] faults =
            [
                .. missing.Length > 0 ? [$"it lacks '{missing[0]}'"] : Array.Empty<string>(),
                .. unexpected.Length > 0 ? [$"it has '{unexpected[0]}', which is not here"] : Array.Empty<string>(),
            ];
            throw new InvalidDataException($"{reader.Name} has other {what}: {string.Join("; ", faults)}.");
        }
    }
}
