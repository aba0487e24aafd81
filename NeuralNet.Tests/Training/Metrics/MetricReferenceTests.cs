using System.Globalization;
using NeuralNet.Tests.Docs;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>Against scikit-learn 1.2.1: the figures of Reference/metrics.txt, which Reference/metrics.py wrote.</summary>
internal sealed class MetricReferenceTests
{
    private const int Count = 97;
    private const int Classes = 4;
    private const int Period = 40;

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Page.Root, "NeuralNet.Tests/Reference/metrics.txt"));
    private static readonly Matrix<double> Logits = Matrix<double>.Build.Dense(Count, Classes, (i, j) => (Number((i % Period * Classes) + j) * 6) - 3);
    private static readonly int[] Labels = [.. Enumerable.Range(0, Count).Select(LabelOf)];
    private static readonly Matrix<double> Weights =
        Matrix<double>.Build.Dense(Count, 1, (i, _) => i % 7 == 3 ? 0 : (Math.Floor(Number(9000 + i) * 4) / 2) + 0.5);

    private static IEnumerable<string> Data => from samples in (string[])["all", "missing", "two", "binary", "numbers"]
                                               from weights in (string[])["ones", "weighted"]
                                               select $"{samples} {weights} ";

    [TestCaseSource(nameof(Data))]
    public void Value_OfTheReferencesSamples_IsItsFigure(string data)
    {
        Dictionary<string, double> figures = Lines.Where(line => line.StartsWith(data, StringComparison.Ordinal)).Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0][data.Length..], cells => double.Parse(cells[1], CultureInfo.InvariantCulture));
        Matrix<double>? weights = data.EndsWith("weighted ", StringComparison.Ordinal) ? Weights : null;
        int checkedFigures = 0;
        switch (data.Split(' ')[0])
        {
            case "all":
                AgainstLabels(Logits, Labels);
                break;
            case "missing":
                AgainstLabels(Logits, [.. Labels.Select(label => label == Classes - 1 ? 0 : label)]);
                break;
            case "two":
                AgainstLabels(Logits.SubMatrix(0, Count, 0, 2), [.. Labels.Select(label => label % 2)]);
                break;
            case "binary":
                AgainstMatrix(Logits.SubMatrix(0, Count, 0, 1), Matrix<double>.Build.Dense(Count, 1, (i, _) => Labels[i] == 0 ? 1 : 0));
                break;
            default:
                Matrix<double> truth = Matrix<double>.Build.Dense(Count, 3, (i, j) => (Number(20000 + (3 * i) + j) * 10) + 100);
                AgainstMatrix(Matrix<double>.Build.Dense(Count, 3, (i, j) => truth[i, j] + ((Number(30000 + (3 * i) + j) - 0.5) * 4)), truth);
                break;
        }

        checkedFigures.ShouldBe(figures.Count);

        void AgainstLabels(Matrix<double> logits, int[] labels)
        {
            foreach (LabelMetric<double> metric in OfLabels().Where(metric => figures.ContainsKey(metric.Name)))
            {
                metric.Add(logits, labels, weights);
                Check(metric.Name, metric.Value);
            }

            var confusion = new ConfusionMatrix<double>();
            confusion.Add(logits, labels, weights);
            foreach (string name in figures.Keys.Where(name => name.StartsWith("confusion", StringComparison.Ordinal)))
            {
                string[] words = name.Split(' ');
                Check(name, confusion[int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture)]);
            }
        }

        void AgainstMatrix(Matrix<double> prediction, Matrix<double> target)
        {
            foreach (MatrixMetric<double> metric in prediction.ColumnCount == 1 ? Binary() : Regression())
            {
                metric.Add(prediction, target, weights);
                Check(metric.Name, metric.Value);
            }
        }

        void Check(string name, double value)
        {
            value.ShouldBe(figures[name], 1e-12, name);
            checkedFigures++;
        }
    }

    private static IEnumerable<LabelMetric<double>> OfLabels()
    {
        yield return new Accuracy<double>();
        yield return new TopKAccuracy<double>(2);
        yield return new LogLoss<double>();
        yield return new ExpectedCalibrationError<double>();
        yield return new RocAuc<double>();
        yield return new AveragePrecision<double>();
        foreach (Average average in Enum.GetValues<Average>())
        {
            foreach (int[]? classes in (int[]?[])[null, [1, 2]])
            {
                yield return new Precision<double>(average, classes);
                yield return new Recall<double>(average, classes);
                yield return new F1<double>(average, classes);
            }
        }
    }

    private static MatrixMetric<double>[] Binary() =>
    [
        new BinaryAccuracy<double>(0.5), new BinaryPrecision<double>(0.5), new BinaryRecall<double>(0.5), new BinaryF1<double>(0.5),
        new BinaryRocAuc<double>(), new BinaryAveragePrecision<double>(),
    ];

    private static MatrixMetric<double>[] Regression() => [new MeanSquaredErrorMetric<double>(), new MeanAbsoluteErrorMetric<double>(), new RSquared<double>()];

    // Half of the labels are the largest logit's, so that there is something to find.
    private static int LabelOf(int i) => i % 2 == 0 ? Logits.Row(i).MaximumIndex() : (int)(Number(5000 + i) * Classes);

    // A number in [0, 1) out of 32 bits, a hash of its place, as in the script.
    private static double Number(int place)
    {
        uint x = (uint)place;
        foreach ((uint factor, int shift) in (ReadOnlySpan<(uint, int)>)[(0x9E3779B1, 15), (0x85EBCA77, 13), (0xC2B2AE3D, 16)])
        {
            x *= factor;
            x ^= x >> shift;
        }

        return x / 4294967296.0;
    }
}
