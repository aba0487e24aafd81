using System.Globalization;
using System.Numerics;

namespace NeuralNet.Training.Reports;

/// <summary>Errors of numbers: predicted against true, the mean errors of each output, and the samples of the largest losses.</summary>
/// <param name="errors">What was found.</param>
/// <param name="view">Shows the samples.</param>
internal sealed class ValueErrorsSection<T>(ValueErrors<T> errors, SampleView<T> view) where T : unmanaged, IFloatingPointIeee754<T>
{
    private int Shown => Math.Min(errors.Outputs, ValueErrors<T>.MaxOutputs);

    /// <summary>Writes them.</summary>
    public void Write(HtmlWriter html)
    {
        if (errors.Outputs > Shown)
        {
            html.Paragraph($"The first {Shown} of {ReportNumber.Of(errors.Outputs)} outputs are shown.");
        }

        ReportTable.Write(
            html, "Errors of each output", ["output", "mean absolute error", "root mean squared error", "samples"],
            Enumerable.Range(0, Shown).Select(output => (IReadOnlyList<string>)
                [NameOf(output), ReportNumber.Of(errors.MeanAbsolute(output)), ReportNumber.Of(errors.RootMeanSquare(output)), ReportNumber.Of(errors.Count)]));
        using (html.In("div", ("class", "charts")))
        {
            for (int output = 0; output < Shown; output++)
            {
                new ScatterChart(NameOf(output), errors.Points[output]).Write(html);
            }
        }

        if (errors.Worst.Count == 0)
        {
            return;
        }

        html.Element("h3", "Largest errors");
        html.Paragraph("The samples of the largest loss, the worst first.");
        if (view.AreImages)
        {
            using (html.In("ul", ("class", "samples")))
            {
                foreach (ValueMistake mistake in errors.Worst)
                {
                    WriteImage(html, mistake);
                }
            }

            return;
        }

        WriteRows(html);
        view.WriteRest(html);
    }

    private static void WriteValues(HtmlWriter html, ValueMistake mistake)
    {
        html.Element("div", $"gave {Joined(mistake.Predicted)}", ("class", "wrong"));
        html.Element("div", $"is {Joined(mistake.Actual)}");
    }

    private static string Joined(double[] values) => string.Join(", ", values.Select(ReportNumber.Of));

    private void WriteImage(HtmlWriter html, ValueMistake mistake)
    {
        using (html.In("li"))
        {
            view.WriteImage(html, mistake.Sample, $"Sample {mistake.Sample}");
            WriteValues(html, mistake);
            html.Element("div", $"loss {ReportNumber.Of(mistake.Loss)}", ("class", "note"));
            html.Element("div", $"sample {mistake.Sample}", ("class", "note"));
        }
    }

    private void WriteRows(HtmlWriter html)
    {
        using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Largest errors")))
        using (html.In("table"))
        {
            using (html.In("thead"))
            using (html.In("tr"))
            {
                foreach (string head in (string[])["sample", "true", "predicted", "loss"])
                {
                    html.Element("th", head, ("scope", "col"));
                }

                view.WriteHeads(html);
            }

            using (html.In("tbody"))
            {
                foreach (ValueMistake mistake in errors.Worst)
                {
                    using (html.In("tr"))
                    {
                        html.Element("th", $"{mistake.Sample}", ("scope", "row"));
                        html.Element("td", Joined(mistake.Actual));
                        html.Element("td", Joined(mistake.Predicted), ("class", "wrong"));
                        html.Element("td", ReportNumber.Of(mistake.Loss));
                        view.WriteCells(html, mistake.Sample);
                    }
                }
            }
        }
    }

    private string NameOf(int output) => errors.Outputs == 1 ? "output" : string.Create(CultureInfo.InvariantCulture, $"output {output}");
}
