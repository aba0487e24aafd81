using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NeuralNet.Core.GradientChecking;

/// <summary>Reports as JSON.</summary>
internal static class GradientCheckJson
{
    // The text is no part of a web page: names with · and ² stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text that something writes.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>One report as an object.</summary>
    public static void Write(Utf8JsonWriter writer, GradientCheckReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("function", report.Function);
        writer.WriteBoolean("passed", report.Passed);
        writer.WriteString("verdict", GradientCheckTable.Word(report.Verdict));
        Number(writer, "worstError", report.WorstError);
        writer.WriteStartArray("variables");
        foreach (GradientCheckRow row in report.Rows)
        {
            Write(writer, row);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("diagnoses");
        foreach (GradientDiagnosis diagnosis in report.Diagnoses)
        {
            writer.WriteStartObject();
            writer.WriteString("variable", diagnosis.Variable);
            writer.WriteString("mistake", $"{diagnosis.Mistake}");
            writer.WriteString("explanation", diagnosis.Explanation);
            Number(writer, "misfit", diagnosis.Misfit);
            Number(writer, "factor", diagnosis.Factor ?? double.NaN);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GradientCheckRow row)
    {
        writer.WriteStartObject();
        writer.WriteString("name", row.Variable);
        writer.WriteNumber("rows", row.Rows);
        writer.WriteNumber("columns", row.Columns);
        writer.WriteNumber("checked", row.EntriesChecked);
        writer.WriteNumber("kinks", row.Kinks);
        writer.WriteNumber("unresolved", row.Unresolved);
        writer.WriteNumber("directions", row.Directions);
        Number(writer, "smallestSeen", row.SmallestSeen);
        Number(writer, "worstError", row.WorstError);
        writer.WriteNumber("worstRow", row.WorstRow);
        writer.WriteNumber("worstColumn", row.WorstColumn);
        Number(writer, "analytic", row.Analytic);
        Number(writer, "numeric", row.Numeric);
        writer.WriteString("verdict", GradientCheckTable.Word(row.Verdict));
        writer.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
