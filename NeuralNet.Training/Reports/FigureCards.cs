using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Reports;

/// <summary>The figures that one looks for first, on cards: losses, metrics of the validation, epochs and time.</summary>
internal static class FigureCards
{
    private const int MaxMetrics = 3;

    /// <summary>Writes the cards.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="history">The history, of one epoch at least.</param>
    /// <param name="curves">Knows the best epochs.</param>
    public static void Write(HtmlWriter html, TrainingHistory history, CurvesSection curves)
    {
        using (html.In("dl", ("class", "cards")))
        {
            IEnumerable<string> measured = history.Names.Where(name => name != EpochRecord.LearningRateName && !name.StartsWith("training ", StringComparison.Ordinal));
            foreach (string name in measured.Take(1 + MaxMetrics).Prepend(EpochRecord.TrainingLossName))
            {
                string note = curves.Best(name) is (int epoch, double best) ? $"best {ReportNumber.Of(best)} in epoch {ReportNumber.Of(epoch)}" : "";
                WriteCard(html, name, ReportNumber.Of(history.Last.Find(name) ?? double.NaN), note);
            }

            var time = TimeSpan.FromTicks(history.Epochs.Sum(epoch => epoch.Duration.Ticks));
            double speed = time > TimeSpan.Zero ? history.Epochs.Sum(epoch => (double)epoch.Samples) / time.TotalSeconds : 0;
            WriteCard(html, "epochs", ReportNumber.Of(history.Epochs.Count), $"{ReportNumber.Of(history.Last.Steps)} steps");
            WriteCard(html, "training time", ReportNumber.Of(time), $"{ReportNumber.Of((long)speed)} samples/s");
        }
    }

    private static void WriteCard(HtmlWriter html, string name, string value, string note)
    {
        using (html.In("div"))
        {
            html.Element("dt", name);
            html.Element("dd", value);
            html.Element("dd", note, ("class", "note"));
        }
    }
}
