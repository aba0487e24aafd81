using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Layers.Saving;

/// <summary>A network's gates with their kinds, settings, generators and names as JSON, enough to build it again.</summary>
/// <remarks>A gate is <c>{"kind": …, "settings": {…}, "generators": {…}, "children": {name: gate, …}}</c>, of which what is empty is left out. A gate or a generator that stands
/// at a second place is <c>{"same": "its first place"}</c>.</remarks>
internal static class NetworkDescription
{
    private const int MaxDepth = 1000;

    /// <summary>The description of a gate with all within it.</summary>
    /// <param name="gate">The gate.</param>
    /// <exception cref="ArgumentException">A setting is neither number, text nor truth value.</exception>
    public static string Of<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            Write(json, gate, "", new Dictionary<object, string>(ReferenceEqualityComparer.Instance));
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The gate that a description says.</summary>
    /// <param name="text">The description.</param>
    /// <param name="kinds">How gates are built.</param>
    /// <param name="numberCount">How many numbers the tensors beside it have: gates that would have more are refused.</param>
    /// <exception cref="InvalidDataException">The text is no description, or one of a gate that cannot be built.</exception>
    public static Gate<T> Build<T>(string text, GateKinds<T> kinds, long numberCount) where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Build(document.RootElement, "", new Built<T>(kinds, numberCount));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The description of the network is no JSON: {exception.Message}", exception);
        }
    }

    private static void Write<T>(Utf8JsonWriter json, Gate<T> gate, string place, Dictionary<object, string> places) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        if (!places.TryAdd(gate, place))
        {
            json.WriteString("same", places[gate]);
            json.WriteEndObject();
            return;
        }

        GateDescription description = gate.Description;
        json.WriteString("kind", description.Kind);
        WriteObject(json, "settings", description.Settings, setting => WriteSetting(json, gate, setting.Key, setting.Value));
        // A gate's own generators have no dot: those of its children are named after these.
        WriteObject(json, "generators", [.. gate.Generators.Where(named => !named.Name.Contains('.', StringComparison.Ordinal))], named =>
        {
            string at = Join(place, named.Name);
            bool isFirst = places.TryAdd(named.Generator, at);
            json.WriteStartObject(named.Name);
            json.WriteString(isFirst ? "state" : "same", isFirst ? named.Generator.State.ToString() : places[named.Generator]);
            json.WriteEndObject();
        });
        WriteObject(json, "children", gate.Children, child =>
        {
            json.WritePropertyName(child.Name);
            Write(json, child.Gate, Join(place, child.Name), places);
        });
        json.WriteEndObject();
    }

    private static void WriteObject<TItem>(Utf8JsonWriter json, string name, IReadOnlyList<TItem> items, Action<TItem> write)
    {
        if (items.Count > 0)
        {
            json.WriteStartObject(name);
            foreach (TItem item in items)
            {
                write(item);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteSetting<T>(Utf8JsonWriter json, Gate<T> gate, string name, object value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case int or long:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            // A float as the double that it is, so that it is rounded once only when it is read.
            case float or double when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                json.WriteNumber(name, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case float or double:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException(
                    $"The setting '{name}' of {gate} is a {value?.GetType().Name ?? "null"}; the settings of a description are numbers, texts and truth values.", nameof(value));
        }
    }

    private static Gate<T> Build<T>(JsonElement element, string place, Built<T> built) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string at = place.Length == 0 ? "The description of the network" : $"The description of '{place}'";
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{at} is no object.");
        }

        if (Text(element, "same") is string same)
        {
            return built.Gates.TryGetValue(same, out Gate<T>? first)
                ? first
                : throw new InvalidDataException($"{at} says that it is the same as '{same}', where nothing stands before it.");
        }

        string kind = Text(element, "kind") ?? throw new InvalidDataException($"{at} names no kind.");
        Dictionary<string, JsonElement> settings = Members(element, "settings", at).ToDictionary(member => member.Name, member => member.Value);
        Dictionary<string, Philox> generators = Members(element, "generators", at)
            .ToDictionary(member => member.Name, member => Generator(member.Value, Join(place, member.Name), built.Generators));
        NamedGate<T>[] children = [.. Members(element, "children", at).Select(member => new NamedGate<T>(member.Name, Build(member.Value, Join(place, member.Name), built)))];
        Gate<T> gate = built.Kinds.Build(new SavedGate<T>(kind, place, settings, children, generators, built.NumberCount));
        built.Gates[place] = gate;
        return gate;
    }

    private static Philox Generator(JsonElement element, string place, Dictionary<string, Philox> generators)
    {
        if (element.ValueKind == JsonValueKind.Object && Text(element, "same") is string same && generators.TryGetValue(same, out Philox? first))
        {
            return first;
        }

        return element.ValueKind == JsonValueKind.Object && PhiloxState.TryParse(Text(element, "state"), null, out PhiloxState state)
            ? generators[place] = new Philox(0) { State = state }
            : throw new InvalidDataException($"The generator '{place}' has no state that can be read.");
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Of each name once: of two members of one name, one would be lost in silence.
    private static JsonProperty[] Members(JsonElement element, string name, string at)
    {
        if (!element.TryGetProperty(name, out JsonElement value))
        {
            return [];
        }

        JsonProperty[] members = value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : throw new InvalidDataException($"{at} has '{name}' that are no object.");
        return members.GroupBy(member => member.Name).FirstOrDefault(same => same.Count() > 1) is { Key: { } twice }
            ? throw new InvalidDataException($"{at} has '{twice}' twice in '{name}'.")
            : members;
    }

    private static string Join(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";

    // What is built already, by its place.
    private sealed record Built<T>(GateKinds<T> Kinds, long NumberCount) where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Dictionary<string, Gate<T>> Gates { get; } = [];

        public Dictionary<string, Philox> Generators { get; } = [];
    }
}
