using System.Globalization;

namespace NeuralNet.Core;

/// <summary>What a gate is: its kind and its settings, enough to build it again; its parameters and states are listed by the gate itself.</summary>
/// <remarks><b>Threads.</b> Immutable.</remarks>
/// <param name="Kind">The name of the type, such as <c>LeakyReLU</c>.</param>
/// <param name="Settings">Names and values of the settings, in the order of the constructor: numbers, texts and truth values.</param>
public sealed record GateDescription(string Kind, IReadOnlyList<KeyValuePair<string, object>> Settings)
{
    /// <summary>A description from pairs.</summary>
    /// <param name="kind">The name of the type.</param>
    /// <param name="settings">Names and values of the settings.</param>
    public GateDescription(string kind, params IEnumerable<(string Name, object Value)> settings)
        : this(kind, [.. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))])
    {
    }

    /// <summary>The kind, without what all gates have in common, and the values of the settings in brackets: <c>LeakyReLU(0.01)</c>, <c>Slice(1..2, ..)</c>.</summary>
    public override string ToString()
    {
        string name = Kind.EndsWith("Gate", StringComparison.Ordinal) ? Kind[..^4] : Kind;
        return Settings.Count == 0
            ? name
            : $"{name}({string.Join(", ", Settings.Select(setting => Convert.ToString(setting.Value, CultureInfo.InvariantCulture)))})";
    }
}
