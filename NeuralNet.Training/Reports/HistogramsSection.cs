using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Reports;

/// <summary>The weights and gradients of each parameter over time.</summary>
/// <param name="recorder">What was recorded.</param>
/// <param name="parameters">Parameters of the network.</param>
internal sealed class HistogramsSection<T>(ReportRecorder<T> recorder, int parameters) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly (byte Red, byte Green, byte Blue) ValueColor = (0, 114, 178);
    private static readonly (byte Red, byte Green, byte Blue) GradientColor = (213, 94, 0);

    /// <summary>Writes them.</summary>
    public void Write(HtmlWriter html)
    {
        IReadOnlyList<EpochHistograms> epochs = recorder.Epochs;
        int[] numbers = [.. epochs.Select(epoch => epoch.Epoch)];
        html.Paragraph(
            "Each column is an epoch; the stronger the colour, the more numbers of it have that size. Left the values, right the magnitudes of the gradients in the " +
            "epoch's last step: bands that sink by decades from layer to layer are gradients that vanish.");
        if (recorder.Parameters.Count < parameters)
        {
            html.Paragraph($"The first {recorder.Parameters.Count} of {ReportNumber.Of(parameters)} parameters were recorded.");
        }

        for (int i = 0; i < recorder.Parameters.Count; i++)
        {
            (string name, Parameter<T> parameter) = recorder.Parameters[i];
            using (html.In("figure", ("class", "parameter")))
            {
                html.Element("figcaption", $"{name} {parameter.Value.RowCount}×{parameter.Value.ColumnCount}");
                using (html.In("div", ("class", "charts")))
                {
                    new HistogramStrip("values", numbers, [.. epochs.Select(epoch => epoch.Values[i])], ValueColor, isLogarithm: false).Write(html);
                    double zeros = epochs[^1].Gradients[i] is { IsEmpty: false } last ? last.ZeroShare : 0;
                    string note = zeros > 0 ? $", {ReportNumber.Percent(zeros)} exactly 0 at last" : "";
                    new HistogramStrip($"gradients{note}", numbers, [.. epochs.Select(epoch => epoch.Gradients[i])], GradientColor, isLogarithm: true).Write(html);
                }
            }
        }
    }
}
