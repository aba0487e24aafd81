using System.Numerics;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Training.Reports;

/// <summary>The confusion matrix of many classes: a picture, and the most frequent confusions in words.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="nameOf">The name of a class.</param>
internal sealed class ConfusionPicture<T>(ConfusionMatrix<T> matrix, Func<int, string> nameOf) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxSide = 256;

    /// <summary>Writes both.</summary>
    public void Write(HtmlWriter html)
    {
        WritePicture(html);
        WriteMostFrequent(html);
    }

    private void WritePicture(HtmlWriter html)
    {
        const int Channels = 4;
        int block = (matrix.Classes + MaxSide - 1) / MaxSide, side = (matrix.Classes + block - 1) / block;
        var largest = new double[side * side];
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            double row = Math.Max(matrix.CountOf(actual), double.Epsilon);
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                ref double share = ref largest[(actual / block * side) + (predicted / block)];
                share = Math.Max(share, matrix[actual, predicted] / row);
            }
        }

        var pixels = new byte[side * side * Channels];
        for (int i = 0; i < largest.Length; i++)
        {
            (byte red, byte green, byte blue) = i / side == i % side ? ((byte)0, (byte)114, (byte)178) : ((byte)213, (byte)94, (byte)0);
            (pixels[Channels * i], pixels[(Channels * i) + 1], pixels[(Channels * i) + 2]) = (red, green, blue);
            pixels[(Channels * i) + 3] = (byte)Math.Round(255 * Math.Sqrt(largest[i]));
        }

        html.Empty(
            "img", ("src", PngData.Uri(pixels, side, side, Channels)), ("class", "pixels matrix"),
            ("alt", $"Confusion matrix of {matrix.Classes} classes: true classes from top to bottom, predicted ones from left to right"));
    }

    private void WriteMostFrequent(HtmlWriter html)
    {
        const int Shown = 20;
        var worst = new WorstOf<(int Actual, int Predicted, double Count)>(Shown);
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                if (actual != predicted && matrix[actual, predicted] > 0)
                {
                    worst.Add((actual, predicted, matrix[actual, predicted]), matrix[actual, predicted]);
                }
            }
        }

        html.Element("h3", "Most frequent confusions");
        ReportTable.Write(
            html, "Most frequent confusions", ["true", "predicted", "times", "of its class"],
            worst.Items.Select(item => (IReadOnlyList<string>)
                [nameOf(item.Actual), nameOf(item.Predicted), ReportNumber.Of(item.Count), ReportNumber.Percent(item.Count / matrix.CountOf(item.Actual))]));
    }
}
