using System.Globalization;
using System.Text.Json;
using NeuralNet.Core.Files;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Sweeps;

/// <summary>The result of a trial on the disk, as JSON. Numbers are texts, so that NaN has a place and every bit stays.</summary>
internal static class TrialFile
{
    /// <summary>The file of a trial.</summary>
    public static string Of(string folder, int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"trial-{number:D6}.json"));

    /// <summary>Writes a result, whole or not at all.</summary>
    public static void Write(string folder, TrialResult result) => FileReplacement.Write(Of(folder, result.Trial.Number), stream =>
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        Write(writer, "settings", result.Trial.Settings);
        Write(writer, "figures", result.Figures);
        if (result.Problem is not null)
        {
            writer.WriteString("problem", result.Problem);
        }

        writer.WriteEndObject();
    });

    /// <summary>Reads the result of a trial.</summary>
    /// <returns>The result; null where there is no file.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of a trial with other settings.</exception>
    public static TrialResult? Read(string folder, Trial trial)
    {
        string path = Of(folder, trial.Number);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            NamedValue[] settings = Read(document.RootElement.GetProperty("settings"));
            string? problem = document.RootElement.TryGetProperty("problem", out JsonElement element) ? element.GetString() : null;
            return settings.SequenceEqual(trial.Settings)
                ? new TrialResult(trial, Read(document.RootElement.GetProperty("figures")), problem)
                : throw new InvalidDataException($"'{path}' is of a trial with the settings {string.Join(", ", settings)}; here they are {trial}. Name another folder for another sweep.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' is no result of a trial: {exception.Message} Delete it, and the trial runs again.", exception);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<NamedValue> values)
    {
        writer.WriteStartObject(name);
        foreach (NamedValue value in values)
        {
            writer.WriteString(value.Name, value.Value.ToString("R", CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }

    private static NamedValue[] Read(JsonElement element) =>
        [.. element.EnumerateObject().Select(property => new NamedValue(property.Name, double.Parse(property.Value.GetString() ?? "", NumberStyles.Float, CultureInfo.InvariantCulture)))];
}
