using System.Text;
using System.Text.Json;

namespace NeuralNet.Layers.Saving;

/// <summary>A list of texts as JSON.</summary>
internal static class StringList
{
    /// <summary>The JSON of a list.</summary>
    /// <param name="texts">The texts; none may be null.</param>
    public static string ToJson(IEnumerable<string> texts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (string text in texts)
            {
                json.WriteStringValue(text ?? throw new ArgumentException("A label is null.", nameof(texts)));
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The list of a JSON.</summary>
    /// <exception cref="InvalidDataException">It is no list of texts.</exception>
    public static string[] FromJson(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(element => element.GetString() ?? throw new InvalidOperationException())];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The labels are no list of texts.", exception);
        }
    }
}
