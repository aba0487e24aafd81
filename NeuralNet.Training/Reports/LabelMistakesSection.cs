using System.Numerics;

namespace NeuralNet.Training.Reports;

/// <summary>The worst mistakes about classes with their samples, as images or as rows of a table.</summary>
/// <param name="errors">What was found.</param>
/// <param name="view">Shows the samples.</param>
internal sealed class LabelMistakesSection<T>(LabelErrors<T> errors, SampleView<T> view) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes them.</summary>
    public void Write(HtmlWriter html)
    {
        if (errors.Worst.Count == 0)
        {
            html.Paragraph($"None: all {ReportNumber.Of(errors.Count)} predictions were right.");
            return;
        }

        html.Paragraph(
            "The wrong predictions of the largest loss, the worst first. Percentages are the softmax of the network's outputs, or the outputs themselves where they sum to 1.");
        if (view.AreImages)
        {
            using (html.In("ul", ("class", "samples")))
            {
                foreach (LabelMistake mistake in errors.Worst)
                {
                    WriteImage(html, mistake);
                }
            }

            return;
        }

        WriteRows(html);
        view.WriteRest(html);
    }

    private void WriteImage(HtmlWriter html, LabelMistake mistake)
    {
        (string actual, string predicted) = (view.ClassName(mistake.Actual), view.ClassName(mistake.Predicted));
        using (html.In("li"))
        {
            view.WriteImage(html, mistake.Sample, $"Sample {mistake.Sample}, a {actual} taken for {predicted}");
            using (html.In("div"))
            {
                html.Element("b", predicted, ("class", "wrong"));
                html.Text($" {ReportNumber.Percent(mistake.Confidence)}");
            }

            using (html.In("div"))
            {
                html.Text("is ");
                html.Element("b", actual);
                html.Text($" {ReportNumber.Percent(mistake.ConfidenceInActual)}");
            }

            html.Element("div", $"loss {ReportNumber.Of(mistake.Loss)}", ("class", "note"));
            html.Element("div", $"sample {mistake.Sample}", ("class", "note"));
        }
    }

    private void WriteRows(HtmlWriter html)
    {
        using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Worst mistakes")))
        using (html.In("table"))
        {
            using (html.In("thead"))
            using (html.In("tr"))
            {
                foreach (string head in (string[])["sample", "true", "predicted", "with", "loss"])
                {
                    html.Element("th", head, ("scope", "col"));
                }

                view.WriteHeads(html);
            }

            using (html.In("tbody"))
            {
                foreach (LabelMistake mistake in errors.Worst)
                {
                    using (html.In("tr"))
                    {
                        html.Element("th", $"{mistake.Sample}", ("scope", "row"));
                        html.Element("td", view.ClassName(mistake.Actual));
                        html.Element("td", view.ClassName(mistake.Predicted), ("class", "wrong"));
                        html.Element("td", ReportNumber.Percent(mistake.Confidence));
                        html.Element("td", ReportNumber.Of(mistake.Loss));
                        view.WriteCells(html, mistake.Sample);
                    }
                }
            }
        }
    }
}
