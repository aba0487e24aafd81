using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Tests.Docs;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>Losses and gradients against those of PyTorch 1.13, written by <c>Reference/losses.py</c> into <c>Reference/losses.txt</c>.</summary>
internal sealed class LossReferenceTests
{
    private static readonly double[] Classes = [0.5, 2, 1];

    private static IEnumerable<TestCaseData> Lines => File.ReadLines(Path.Combine(Page.Root, "NeuralNet.Tests", "Reference", "losses.txt"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select((fields, number) => new TestCaseData([fields]).SetArgDisplayNames($"{number + 1}: {fields[0]} {fields[1]}, {fields[2]}"));

    [TestCaseSource(nameof(Lines))]
    public void ForwardAndBackward_FiguresOfPyTorch_Agree(string[] fields)
    {
        int[] shape = [.. fields[2].Split(' ').Select(int.Parse)];
        Matrix<double> prediction = Rows(fields[3], shape[0], shape[1]), expected = Rows(fields[7], shape[0], shape[1]);
        Matrix<double>? weights = shape[2] == 0 ? null : Rows(fields[5], shape[0], shape[2]);
        var cache = new Cache<double>();
        Matrix<double> gradient;
        double loss;
        switch (Loss(fields[0], fields[1]))
        {
            case Loss<double, Matrix<double>> byNumbers:
                loss = byNumbers.Forward(prediction, Rows(fields[4], shape[0], shape[1]), weights, cache);
                gradient = byNumbers.Backward(cache);
                break;
            case Loss<double, ReadOnlyMemory<int>> byLabels:
                loss = byLabels.Forward(prediction, fields[4].Split(' ').Select(int.Parse).ToArray(), weights, cache);
                gradient = byLabels.Backward(cache);
                break;
            default:
                throw new NotSupportedException($"What target has {fields[0]}?");
        }

        double number = double.Parse(fields[6], CultureInfo.InvariantCulture);
        loss.ShouldBe(number, 1e-13 * Math.Max(1, Math.Abs(number)));
        (gradient - expected).Enumerate().ShouldAllBe(difference => Math.Abs(difference) < 1e-13);
    }

    // One line of each and every variant: a file cut short would pass otherwise.
    [Test]
    public void Lines_OfTheFile_HaveEveryLoss()
    {
        Lines.Count().ShouldBe(80);
        Lines.Select(line => ((string[])line.Arguments[0]!)[0]).Distinct().Order()
            .ShouldBe(LossCatalogue.All<double>().Select(entry => entry.Loss.Name.Split('`')[0]).Distinct().Order());
    }

    private static object Loss(string name, string variant)
    {
        Reduction reduction = Has("sum") ? Reduction.Sum : Reduction.Mean;
        double[]? classes = Has("classes") ? Classes : null;
        int positions = Has("positions") ? 2 : 1;
        return name switch
        {
            "MeanSquaredError" => new MeanSquaredError<double>(),
            "SumSquaredError" => new SumSquaredError<double>(),
            "MeanAbsoluteError" => new MeanAbsoluteError<double>(),
            "HuberLoss" => new HuberLoss<double>(Has("delta 0.3") ? 0.3 : null, reduction),
            "BinaryCrossEntropy" => new BinaryCrossEntropy<double>(Has("positive 2.5") ? 2.5 : null, reduction),
            "NegativeLogLikelihood" => new NegativeLogLikelihood<double>(classes, positions, reduction),
            "MulticlassHinge" => new MulticlassHinge<double>(Has("margin 0.5") ? 0.5 : null, positions, reduction),
            "SoftmaxCrossEntropy" => new SoftmaxCrossEntropy<double>(Has("smoothing") ? 0.1 : 0, classes, positions, reduction),
            "SoftCrossEntropy" => new SoftCrossEntropy<double>(reduction),
            "KLDivergence" => new KLDivergence<double>(reduction),
            _ => throw new NotSupportedException($"There is no loss {name}."),
        };

        bool Has(string word) => variant.Contains(word, StringComparison.Ordinal);
    }

    private static Matrix<double> Rows(string numbers, int rows, int columns)
    {
        double[] values = [.. numbers.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        values.Length.ShouldBe(rows * columns);
        return Matrix<double>.Build.Dense(rows, columns, (i, j) => values[(i * columns) + j]);
    }
}
