using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NeuralNet.Training.Fitting;

/// <summary>Writes a history as a table with commas (CSV, RFC 4180) or as one JSON object a line (JSON lines).</summary>
/// <remarks>Numbers are written so that they read back as the same numbers, with a point in any language. A figure that an epoch does not have is an empty cell, or
/// left out; one that is not finite is <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c> in a cell, and null in JSON, which has no such numbers.</remarks>
public static class HistoryFile
{
    /// <summary>Writes a table: a header, then a line an epoch.</summary>
    /// <param name="history">The history.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    public static void WriteCsv(this TrainingHistory history, string path)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        WriteCsv(history, file);
    }

    /// <summary>Writes a table: a header, then a line an epoch.</summary>
    /// <param name="history">The history.</param>
    /// <param name="writer">Where to.</param>
    public static void WriteCsv(this TrainingHistory history, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(writer);
        IReadOnlyList<string> names = history.Names;
        WriteLine(writer, ["epoch", "steps", "samples", "seconds", .. names]);
        foreach (EpochRecord epoch in history.Epochs)
        {
            WriteLine(
                writer,
                [
                    Text(epoch.Epoch), Text(epoch.Steps), Text(epoch.Samples), Text(epoch.Duration.TotalSeconds),
                    .. names.Select(name => epoch.Find(name) is double value ? Text(value) : ""),
                ]);
        }
    }

    /// <summary>Writes one JSON object a line, an epoch each.</summary>
    /// <param name="history">The history.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    public static void WriteJsonLines(this TrainingHistory history, string path)
    {
        using FileStream file = File.Create(path);
        WriteJsonLines(history, file);
    }

    /// <summary>Writes one JSON object a line, an epoch each.</summary>
    /// <param name="history">The history.</param>
    /// <param name="stream">Where to.</param>
    public static void WriteJsonLines(this TrainingHistory history, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream);
        foreach (EpochRecord epoch in history.Epochs)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("steps", epoch.Steps);
            json.WriteNumber("samples", epoch.Samples);
            json.WriteNumber("seconds", epoch.Duration.TotalSeconds);
            foreach ((string name, double value) in epoch.Values)
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumber(name, value);
                }
                else
                {
                    json.WriteNull(name);
                }
            }

            json.WriteEndObject();
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }

    private static void WriteLine(TextWriter writer, IEnumerable<string> cells) => writer.Write($"{string.Join(",", cells.Select(Quoted))}\r\n");

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static string Text<TNumber>(TNumber value) where TNumber : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
