using System.Numerics;
using System.Text.Json;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Layers.Saving;

/// <summary>The description of one gate in a file, for whoever builds the gate again: its kind, its settings and its children, which are built already.</summary>
/// <remarks>Parameters and states are not here: they are read into the gate once the whole network is built, so it may begin with any. <b>Threads.</b> Immutable.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SavedGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly string _place;
    private readonly long _numberCount;
    private readonly IReadOnlyDictionary<string, JsonElement> _settings;
    private readonly IReadOnlyDictionary<string, Philox> _generators;

    internal SavedGate(
        string kind, string place, IReadOnlyDictionary<string, JsonElement> settings, IReadOnlyList<NamedGate<T>> children,
        IReadOnlyDictionary<string, Philox> generators, long numberCount)
    {
        (Kind, Children, _place, _settings, _generators, _numberCount) = (kind, children, place, settings, generators, numberCount);
    }

    /// <summary>The name of the type, such as <c>Linear</c>.</summary>
    public string Kind { get; }

    /// <summary>The gates that it consists of, with their names.</summary>
    public IReadOnlyList<NamedGate<T>> Children { get; }

    /// <summary>Whether there is a setting.</summary>
    /// <param name="setting">Its name.</param>
    public bool Has(string setting) => _settings.ContainsKey(setting);

    /// <summary>A setting that is a whole number.</summary>
    /// <param name="setting">Its name.</param>
    /// <exception cref="InvalidDataException">It is not there, or is no such number.</exception>
    public int Integer(string setting) =>
        Setting(setting) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : throw Wrong(setting, "a whole number");

    /// <summary>A setting that says how many numbers a parameter or a state has: as <see cref="Integer"/>, but refused where the file has not as many numbers in all,
    /// so that a damaged file cannot ask for memory that it does not fill.</summary>
    /// <param name="setting">Its name.</param>
    /// <exception cref="InvalidDataException">It is not there, is no such number, or more than the file holds.</exception>
    public int Size(string setting)
    {
        int size = Integer(setting);
        ThrowIfTooLarge(size, setting);
        return size;
    }

    /// <summary>Refuses a matrix of more numbers than the file has, before memory is taken for it.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <exception cref="InvalidDataException">The file has fewer numbers.</exception>
    public void ThrowIfTooLarge(int rows, int columns) =>
        ThrowIfTooLarge((long)rows * columns, $"{rows}×{columns}");

    /// <summary>A setting that is a number.</summary>
    /// <param name="setting">Its name.</param>
    /// <exception cref="InvalidDataException">It is not there, or is no number.</exception>
    public double Number(string setting) => Setting(setting) switch
    {
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        { ValueKind: JsonValueKind.String } value when double.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out double number) => number,
        _ => throw Wrong(setting, "a number"),
    };

    /// <summary>A setting that is true or false.</summary>
    /// <param name="setting">Its name.</param>
    /// <exception cref="InvalidDataException">It is not there, or neither.</exception>
    public bool Truth(string setting) => Setting(setting).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(setting, "true or false"),
    };

    /// <summary>A setting that is a text.</summary>
    /// <param name="setting">Its name.</param>
    /// <exception cref="InvalidDataException">It is not there, or no text.</exception>
    public string Text(string setting) =>
        Setting(setting) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Wrong(setting, "a text");

    /// <summary>A generator of the gate, in the state that it was saved in.</summary>
    /// <param name="name">The gate's own name for it.</param>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public Philox Generator(string name) =>
        _generators.TryGetValue(name, out Philox? generator) ? generator : throw new InvalidDataException($"{Title} has no generator '{name}'.");

    /// <summary>The child of a name, as a layer.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidDataException">It is not there, or is no layer.</exception>
    public Layer<T> Child(string name) => Children.FirstOrDefault(child => child.Name == name).Gate switch
    {
        null => throw new InvalidDataException($"{Title} has no child '{name}'."),
        Layer<T> layer => layer,
        Gate<T> gate => throw new InvalidDataException($"{Title} has '{name}', {gate}, which is no layer: it has not one input."),
    };

    /// <summary>The children as layers of a container, with the names that are not their positions.</summary>
    /// <exception cref="InvalidDataException">One is no layer.</exception>
    public IEnumerable<SequentialPart<T>> Parts => Children.Select(child => new SequentialPart<T>(child.Name, Child(child.Name)));

    /// <summary>Where the gate stands, as errors begin.</summary>
    internal string Title => $"{Kind}{(_place.Length == 0 ? "" : $" at '{_place}'")}";

    private JsonElement Setting(string name) =>
        _settings.TryGetValue(name, out JsonElement value) ? value : throw new InvalidDataException($"{Title} has no setting '{name}'; it has: {string.Join(", ", _settings.Keys)}.");

    private InvalidDataException Wrong(string setting, string expected) => new($"The setting '{setting}' of {Title} is {Setting(setting)}, not {expected}.");

    private void ThrowIfTooLarge(long size, string what)
    {
        if (size > _numberCount)
        {
            throw new InvalidDataException($"{Title} would have {size} numbers ({what}); all tensors of the file have {_numberCount}.");
        }
    }
}
