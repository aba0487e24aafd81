using System.Numerics;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Training.Reports;

/// <summary>The confusion matrix, as a table or, of many classes, as a picture, and the scores of each class.</summary>
/// <param name="errors">What was found.</param>
/// <param name="nameOf">The name of a class.</param>
internal sealed class ConfusionSection<T>(LabelErrors<T> errors, Func<int, string> nameOf) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxTable = 20;
    private const int MaxScores = 100;

    private readonly ConfusionMatrix<T> _matrix = errors.Confusion;

    /// <summary>Writes it.</summary>
    public void Write(HtmlWriter html)
    {
        html.Paragraph(
            $"{ReportNumber.Of(errors.Wrong)} of {ReportNumber.Of(errors.Count)} predictions were wrong ({ReportNumber.Percent((double)errors.Wrong / Math.Max(errors.Count, 1))}). " +
            "The network is as the training left it. Rows are the true classes, columns the predicted ones; the colour says which share of the row it is.");
        if (_matrix.Classes <= MaxTable)
        {
            WriteTable(html);
        }
        else
        {
            new ConfusionPicture<T>(_matrix, nameOf).Write(html);
        }

        WriteScores(html);
    }

    private void WriteTable(HtmlWriter html)
    {
        int[] classes = [.. Enumerable.Range(0, _matrix.Classes)];
        bool hasNone = classes.Any(actual => NoneOf(actual) > 0);
        using (html.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "Confusion matrix")))
        using (html.In("table", ("class", "confusion")))
        {
            using (html.In("thead"))
            using (html.In("tr"))
            {
                html.Element("th", "true \\ predicted", ("scope", "col"));
                foreach (string name in classes.Select(nameOf).Concat(hasNone ? ["none"] : Array.Empty<string>()))
                {
                    html.Element("th", name, ("scope", "col"));
                }
            }

            using (html.In("tbody"))
            {
                foreach (int actual in classes)
                {
                    using (html.In("tr"))
                    {
                        html.Element("th", nameOf(actual), ("scope", "row"));
                        foreach (int predicted in classes)
                        {
                            WriteCell(html, _matrix[actual, predicted], _matrix.CountOf(actual), isHit: predicted == actual);
                        }

                        if (hasNone)
                        {
                            WriteCell(html, NoneOf(actual), _matrix.CountOf(actual), isHit: false);
                        }
                    }
                }
            }
        }
    }

    // A few mistakes in a hundred are to be seen, so their colour grows with the root.
    private static void WriteCell(HtmlWriter html, double count, double row, bool isHit)
    {
        double share = row > 0 ? count / row : 0;
        double strength = 0.55 * (isHit ? share : Math.Sqrt(share));
        html.Element("td", count == 0 ? "·" : ReportNumber.Of(count), ("class", isHit ? "hit" : "miss"), ("style", $"--s:{ReportNumber.Coordinate(100 * strength)}%"));
    }

    private void WriteScores(HtmlWriter html)
    {
        html.Element("h3", "Scores of each class");
        (int Label, double Precision, double Recall, double F1)[] scores =
        [
            .. Enumerable.Range(0, _matrix.Classes).Select(label =>
                (label, Score(ClassScore.Precision, label), Score(ClassScore.Recall, label), Score(ClassScore.F1, label))),
        ];
        if (scores.Length > MaxScores)
        {
            html.Paragraph($"The {MaxScores} of {scores.Length} classes with the lowest F1.");
            scores = [.. scores.OrderBy(score => score.F1).Take(MaxScores)];
        }

        ReportTable.Write(
            html, "Scores of each class", ["class", "precision", "recall", "F1", "samples"],
            scores.Select(score => (IReadOnlyList<string>)
            [
                nameOf(score.Label), ReportNumber.Percent(score.Precision), ReportNumber.Percent(score.Recall), ReportNumber.Percent(score.F1),
                ReportNumber.Of(_matrix.CountOf(score.Label)),
            ]));
    }

    private double Score(ClassScore score, int label) => score.Of(_matrix[label, label], _matrix.PredictedCountOf(label), _matrix.CountOf(label));

    private double NoneOf(int actual) => _matrix.CountOf(actual) - Enumerable.Range(0, _matrix.Classes).Sum(predicted => _matrix[actual, predicted]);
}
