using System.Xml.Linq;
using NeuralNet.Layers;
using NeuralNet.Training.LearningRates;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.LearningRates;

/// <summary>What is made of the points of a sweep: the suggestion, the table, the limits of the chart.</summary>
internal sealed class LearningRateSweepTests
{
    // The rates are 1, 10, 100, …. The steepest fall is looked for behind the first point and before the minimum: by the points on both sides, of equal ones the first.
    [TestCase(new[] { 9.0, 8, 5, 4, 6 }, 10.0)]
    [TestCase(new[] { 9.0, 8, 7, 2, 1, 6 }, 100.0)]
    [TestCase(new[] { 9.0, 8, 7, 6, 5 }, 10.0)]
    [TestCase(new[] { 5.0, 9, 4, 1, 6 }, 100.0)]
    [TestCase(new[] { 9.0, 8, 10 }, null)]
    [TestCase(new[] { 1.0, 2, 3, 4 }, null)]
    [TestCase(new[] { 1.0, 1, 1 }, null)]
    public void Suggestion_SmoothedLosses_IsTheRateOfTheSteepestFall(double[] smoothed, double? rate) => Sweep(smoothed).Suggestion.ShouldBe(rate);

    [TestCase(false, "  steepest at 10, a tenth of the minimum's rate is 10\n")]
    [TestCase(true, "  steepest at 10, a tenth of the minimum's rate is 10; diverged\n")]
    public void ToString_OfASweep_IsATableAndWhatFollowsOfIt(bool isDiverged, string last)
    {
        string[] lines = new LearningRateSweep([new(1, 3, 3), new(10, 2.5, 2), new(100, 1 / 3.0, 1)], isDiverged).ToString().Split('\n');

        lines[..4].Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(["rate loss smoothed", "1 3 3", "10 2.5 2", "100 0.3333 1"]);
        string.Join('\n', lines[4..]).ShouldBe(last);
    }

    // Equal losses have half of their size below and above them, zeros 1; losses that differ, however small they are, have no room.
    [TestCase(0, 0, "-1 -0.6 -0.2 0.2 0.6 1")]
    [TestCase(4, 4, "2 2.8 3.6 4.4 5.2 6")]
    [TestCase(1e-8, 6e-8, "1E-08 2E-08 3E-08 4E-08 5E-08 6E-08")]
    public void ToSvg_Losses_FillTheHeight(double low, double high, string labels)
    {
        var svg = XDocument.Parse(Sweep([high, low, low]).ToSvg());

        string.Join(' ', svg.Descendants().Where(element => (string?)element.Attribute("text-anchor") == "end").Select(text => text.Value)).ShouldBe(labels);
    }

    // The losses are those of weights that do not move: 1, and a second one. It is too far from the best where it is more than four times as large.
    [TestCase(3.5, false)]
    [TestCase(4, false)]
    [TestCase(4.5, true)]
    public void Run_LossThatGrows_DivergesAtTheFactor(double loss, bool isDiverged)
    {
        var network = new Linear<double>(1, 1, new Random(1), bias: false);
        network.Weight.Value[0, 0] = 1;
        (Matrix<double>, Matrix<double>)[] batches = [(Number(1), Number(0)), (Number(0), Number(Math.Sqrt(loss))), (Number(1), Number(0))];

        LearningRateSweep sweep = LearningRateFinder.Run(
            network, new SumSquaredError<double>(), () => new SGD<double>(network.Parameters, 1), batches,
            new() { Lowest = 1e-300, Highest = 1e-299, Steps = 3, Smoothing = 0, DivergenceFactor = 4 });

        (sweep.IsDiverged, sweep.Points.Count).ShouldBe((isDiverged, isDiverged ? 2 : 3));
    }

    [Test]
    public void Run_ArgumentsThatAreNone_AreRefusedInWords()
    {
        var network = new Linear<double>(1, 1, new Random(1));
        var loss = new SumSquaredError<double>();
        Func<SGD<double>> optimizer = () => new SGD<double>(network.Parameters, 1);
        (Matrix<double>, Matrix<double>)[] batches = [(Number(1), Number(0))];

        Missing("network", () => LearningRateFinder.Run<double, Matrix<double>>(null!, loss, optimizer, batches));
        Missing("loss", () => LearningRateFinder.Run<double, Matrix<double>>(network, null!, optimizer, batches));
        Missing("optimizer", () => LearningRateFinder.Run(network, loss, null!, batches));
        Missing("batches", () => LearningRateFinder.Run(network, loss, optimizer, null!));
        var left = new Queue<(Matrix<double>, Matrix<double>)>(batches);
        Should.Throw<ArgumentException>(() => LearningRateFinder.Run(network, loss, optimizer, Once())).Message.ShouldBe(
            "There are no batches any more when they are gone through for the 2. time: give a sequence that can be, or as many as steps. (Parameter 'batches')");

        static void Missing(string name, Action act) => Should.Throw<ArgumentNullException>(act).ParamName.ShouldBe(name);

        IEnumerable<(Matrix<double>, Matrix<double>)> Once()
        {
            while (left.TryDequeue(out (Matrix<double>, Matrix<double>) batch))
            {
                yield return batch;
            }
        }
    }

    private static LearningRateSweep Sweep(double[] smoothed) => new([.. smoothed.Select((loss, i) => new LearningRatePoint(Math.Pow(10, i), loss, loss))], isDiverged: false);

    private static Matrix<double> Number(double value) => Matrix<double>.Build.Dense(1, 1, value);
}
