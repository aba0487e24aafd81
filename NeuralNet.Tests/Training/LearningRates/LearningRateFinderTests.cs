using System.Xml.Linq;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.LearningRates;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.LearningRates;

internal sealed class LearningRateFinderTests
{
    // y = w·x with one sample: L = (w·x − y)², by hand.
    [Test]
    public void Run_OneWeight_GivesTheLossesOfTheSweepByHand()
    {
        Linear<double> network = One(2);
        (Matrix<double>, Matrix<double>)[] batches = [(Number(3), Number(1)), (Number(-1), Number(0.5))];
        var options = new LearningRateFinderOptions { Lowest = 1e-4, Highest = 1e-1, Steps = 7, Smoothing = 0.5 };
        LearningRateSweep sweep = LearningRateFinder.Run(network, new SumSquaredError<double>(), () => new SGD<double>(network.Parameters, 1), batches, options);

        sweep.Points.Count.ShouldBe(7);
        double w = 2, mean = 0;
        for (int i = 0; i < 7; i++)
        {
            (double x, double y) = i % 2 == 0 ? (3, 1) : (-1, 0.5);
            double rate = Math.Pow(10, -4 + (0.5 * i)), error = (w * x) - y, loss = error * error;
            mean = (mean + loss) / 2;
            sweep.Points[i].Rate.ShouldBe(rate, 1e-12 * rate);
            sweep.Points[i].Loss.ShouldBe(loss, 1e-12);
            sweep.Points[i].Smoothed.ShouldBe(mean / (1 - Math.Pow(0.5, i + 1)), 1e-12);
            w -= rate * 2 * error * x;
        }

        sweep.IsDiverged.ShouldBeFalse();
        network.Weight.Value[0, 0].ShouldBe(2);
    }

    [Test]
    public void Run_RatesFarTooLarge_StopsAndSuggestsOneThatTrains()
    {
        (Sequential<float> network, (Matrix<float>, ReadOnlyMemory<int>)[] batches) = Classifier();
        LearningRateSweep sweep = LearningRateFinder.Run(
            network, new SoftmaxCrossEntropy<float>(), () => new SGD<float>(network.Parameters, 1), batches, new() { Lowest = 1e-4, Highest = 1e6 });
        sweep.IsDiverged.ShouldBeTrue();
        sweep.Points.Count.ShouldBeLessThan(100);
        sweep.Suggestion.ShouldNotBeNull().ShouldBeInRange(1e-3, 1e3);
        sweep.TenthOfMinimum.ShouldBe(sweep.Points.MinBy(point => point.Smoothed).Rate / 10);
    }

    [Test]
    public void Run_Afterwards_TheNetworkIsWhatItWasToTheBit()
    {
        var network = new Sequential<double>(new Linear<double>(4, 6, new Random(1)), new BatchNorm<double>(6), new Linear<double>(6, 3, new Random(2)));
        (Matrix<double>, ReadOnlyMemory<int>)[] batches = [(Some.Matrix<double>(9, 4), Some.Labels(9, 3)), (Some.Matrix<double>(5, 4, seed: 2), Some.Labels(5, 3))];
        double[] before = Numbers();
        LearningRateFinder.Run(network, new SoftmaxCrossEntropy<double>(), () => new Adam<double>(network.Parameters, 1), batches);
        Numbers().ShouldBe(before);
        network.Parameters.ShouldAllBe(named => named.Parameter.IsGradientZero);
        network.States.ShouldNotBeEmpty();

        double[] Numbers() => [.. network.Parameters.Select(named => named.Parameter.Value).Concat(network.States.Select(state => state.Value)).SelectMany(value => value.Enumerate())];
    }

    [Test]
    public void ToSvgAndToString_OfASweep_TellThePointsAndTheSuggestion()
    {
        (Sequential<float> network, (Matrix<float>, ReadOnlyMemory<int>)[] batches) = Classifier();
        LearningRateSweep sweep = LearningRateFinder.Run(
            network, new SoftmaxCrossEntropy<float>(), () => new SGD<float>(network.Parameters, 1), batches, new() { Lowest = 1e-3, Highest = 10, Steps = 30 });
        var svg = XDocument.Parse(sweep.ToSvg());
        XNamespace space = "http://www.w3.org/2000/svg";
        XElement[] lines = [.. svg.Descendants(space + "polyline")];
        lines.Length.ShouldBe(2);
        lines.ShouldAllBe(line => line.Attribute("points")!.Value.Split(' ', StringSplitOptions.None).Length == sweep.Points.Count);
        string[] texts = [.. svg.Descendants(space + "text").Select(text => text.Value)];
        texts.ShouldContain("learning rate");
        texts.ShouldContain("1e-3");
        texts.ShouldContain(text => text.StartsWith("steepest at "));
        svg.ToString().ShouldContain("prefers-color-scheme:dark");
        sweep.ToString().Split('\n').Length.ShouldBe(sweep.Points.Count + 3);
        sweep.ToString().ShouldContain("steepest at ");
    }

    // From 70 to 620 across, the decades at equal distances; from 28 down to 312, the least smoothed loss at the bottom.
    [Test]
    public void ToSvg_OfASweep_HasEverythingAtItsPlace()
    {
        (Sequential<float> network, (Matrix<float>, ReadOnlyMemory<int>)[] batches) = Classifier();
        LearningRateSweep sweep = LearningRateFinder.Run(
            network, new SoftmaxCrossEntropy<float>(), () => new SGD<float>(network.Parameters, 1), batches, new() { Lowest = 1e-3, Highest = 10, Steps = 41 });
        var svg = XDocument.Parse(sweep.ToSvg());
        XElement[] Elements(string name) => [.. svg.Descendants().Where(element => element.Name.LocalName == name)];
        double Of(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
        (double X, double Y)[] Points(int line) => [.. Elements("polyline")[line].Attribute("points")!.Value.Split(' ').Select(point => (Number(point, 0), Number(point, 1)))];
        static double Number(string pair, int i) => double.Parse(pair.Split(',')[i], System.Globalization.CultureInfo.InvariantCulture);
        double least = sweep.Points.Min(point => point.Smoothed), most = sweep.Points.Max(point => point.Smoothed);

        double Across(double rate) => 70 + ((Math.Log10(rate) + 3) / (Math.Log10(sweep.Points[^1].Rate) + 3) * 550);
        double Down(double loss) => Math.Clamp(28 + ((most - loss) / (most - least) * 284), -360, 720);
        for (int i = 0; i < sweep.Points.Count; i++)
        {
            Points(0)[i].X.ShouldBe(Across(sweep.Points[i].Rate), 0.06);
            Points(0)[i].Y.ShouldBe(Down(sweep.Points[i].Loss), 0.06);
            Points(1)[i].X.ShouldBe(Across(sweep.Points[i].Rate), 0.06);
            Points(1)[i].Y.ShouldBe(Down(sweep.Points[i].Smoothed), 0.06);
        }

        XElement[] lines = Elements("line"), texts = Elements("text");
        XElement mark = lines.Single(line => line.Attribute("class")!.Value == "mark");
        (Of(mark, "x1"), Of(mark, "x2"), Of(mark, "y1"), Of(mark, "y2")).ShouldBe((Of(mark, "x1"), Of(mark, "x1"), 28, 312));
        Of(mark, "x1").ShouldBe(Across(sweep.Suggestion!.Value), 0.06);
        XElement title = texts.Single(text => text.Value.StartsWith("steepest", StringComparison.Ordinal));
        (Of(title, "x"), Of(title, "y"), title.Attribute("text-anchor")!.Value).ShouldBe((Of(mark, "x1"), 20, "middle"));
        XElement[] across = [.. lines.Where(line => line.Attribute("class")!.Value == "grid" && line.Attribute("y1")!.Value == line.Attribute("y2")!.Value)];
        across.Length.ShouldBe(6);
        Array.TrueForAll(across, line => Of(line, "x1") == 70 && Of(line, "x2") == 620).ShouldBeTrue();
        for (int i = 0; i < 6; i++)
        {
            Of(across[i], "y1").ShouldBe(312 - (i * 284.0 / 5), 0.06);
            (Of(texts[i], "x"), texts[i].Attribute("text-anchor")!.Value).ShouldBe((62, "end"));
            Of(texts[i], "y").ShouldBe(Of(across[i], "y1") + 4, 0.11);
            texts[i].Value.ShouldBe((least + (i * (most - least) / 5)).ToString("G4", System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (XElement decade in texts.Where(text => text.Value.StartsWith("1e", StringComparison.Ordinal)))
        {
            Of(decade, "x").ShouldBe(Across(double.Parse(decade.Value, System.Globalization.CultureInfo.InvariantCulture)), 0.06);
            (Of(decade, "y"), decade.Attribute("text-anchor")!.Value).ShouldBe((330, "middle"));
            Array.Exists(lines, line => Of(line, "x1") == Of(decade, "x") && Of(line, "x2") == Of(decade, "x") && Of(line, "y1") == 28 && Of(line, "y2") == 312).ShouldBeTrue();
        }

        XElement plot = Elements("rect").Single();
        (Of(plot, "x"), Of(plot, "y"), Of(plot, "width"), Of(plot, "height")).ShouldBe((70, 28, 550, 284));
        XElement axis = texts.Single(text => text.Value == "learning rate");
        (Of(axis, "x"), Of(axis, "y")).ShouldBe((345, 350));
        Elements("title").Single().Value.ShouldBe("loss by learning rate");
    }

    // Nothing is learnt from a gradient of zero: a flat line, and one of a single point.
    [Test]
    public void Run_LossThatDoesNotFall_SuggestsNothingAndStillDraws()
    {
        Linear<double> network = One(2);
        LearningRateSweep flat = LearningRateFinder.Run(network, new SumSquaredError<double>(), () => new SGD<double>(network.Parameters, 1), [(Number(0), Number(1))]);
        flat.Suggestion.ShouldBeNull();
        flat.ToString().ShouldContain("does not fall");
        XDocument.Parse(flat.ToSvg()).ToString().ShouldNotContain("NaN");

        LearningRateSweep single = LearningRateFinder.Run(
            network, new SumSquaredError<double>(), () => new SGD<double>(network.Parameters, 1), [(Number(1e100), Number(0))], new() { Lowest = 1e300, Highest = 1e301 });
        single.Points.Count.ShouldBe(1);
        single.IsDiverged.ShouldBeTrue();
        single.ToSvg().ShouldNotContain("NaN");
        network.Weight.Value[0, 0].ShouldBe(2);
    }

    [Test]
    public void Run_BadArguments_AreRefusedAndTheNetworkStaysAsItIs()
    {
        Linear<double> network = One(2);
        (Matrix<double>, Matrix<double>)[] batches = [(Number(3), Number(1))];
        var left = new Queue<(Matrix<double>, Matrix<double>)>(batches);
        Refused(() => Run(() => new SGD<double>(network.Parameters, 1), []), "There are no batches");
        Refused(() => Run(() => new SGD<double>(network.Parameters, 1), Once()), "any more when they are gone through");
        Refused(() => Run(() => new SGD<double>(network.Parameters, 1, schedule: new StepDecay(1)), batches), "no schedule");
        Refused(() => Run(() => new SGD<double>(network.Parameters, 1), batches, new() { Lowest = 1, Highest = 1 }), "must be above the lowest");
        Should.Throw<NotFiniteNumberException>(() => Run(() => new SGD<double>(network.Parameters, 1), [(Number(double.NaN), Number(1))])).Message.ShouldContain("first batch");
        network.Weight.Value[0, 0].ShouldBe(2);

        LearningRateSweep Run(Func<Optimizer<double>> optimizer, IEnumerable<(Matrix<double>, Matrix<double>)> some, LearningRateFinderOptions? options = null) =>
            LearningRateFinder.Run(network, new SumSquaredError<double>(), optimizer, some, options);

        // A sequence that is at its end for good.
        IEnumerable<(Matrix<double>, Matrix<double>)> Once()
        {
            while (left.TryDequeue(out (Matrix<double>, Matrix<double>) batch))
            {
                yield return batch;
            }
        }

        static void Refused(Action action, string message) => Should.Throw<ArgumentException>(action).Message.ShouldContain(message);
    }

    [Test]
    public void Options_OutsideTheirRange_AreRefusedByName()
    {
        foreach (double value in (ReadOnlySpan<double>)[0, double.NaN, double.PositiveInfinity])
        {
            Refused(() => new LearningRateFinderOptions { Lowest = value }, "Lowest");
            Refused(() => new LearningRateFinderOptions { Highest = value }, "Highest");
        }

        Refused(() => new LearningRateFinderOptions { Steps = 2 }, "Steps");
        Refused(() => new LearningRateFinderOptions { Smoothing = 1 }, "Smoothing");
        Refused(() => new LearningRateFinderOptions { DivergenceFactor = 0.99 }, "DivergenceFactor");
        new LearningRateFinderOptions { Lowest = double.Epsilon, Steps = 3, Smoothing = 0, DivergenceFactor = 1 }.Steps.ShouldBe(3);

        static void Refused(Func<object> action, string name) => Should.Throw<ArgumentOutOfRangeException>(() => { action(); }).ParamName.ShouldBe(name);
    }

    private static Linear<double> One(double weight)
    {
        var linear = new Linear<double>(1, 1, new Random(1), bias: false);
        linear.Weight.Value[0, 0] = weight;
        return linear;
    }

    private static Matrix<double> Number(double value) => Matrix<double>.Build.Dense(1, 1, value);

    // The class is the largest of the first three numbers.
    private static (Sequential<float> Network, (Matrix<float>, ReadOnlyMemory<int>)[] Batches) Classifier()
    {
        var network = new Sequential<float>(new Linear<float>(4, 16, new Random(1)), new NeuralNet.Core.Functions.ReLU<float>(), new Linear<float>(16, 3, new Random(2)));
        return (network, [.. Enumerable.Range(0, 5).Select(seed =>
        {
            Matrix<float> input = Some.Matrix<float>(32, 4, seed);
            ReadOnlyMemory<int> labels = input.EnumerateRows().Select(row => row.SubVector(0, 3).MaximumIndex()).ToArray();
            return (input, labels);
        })]);
    }
}
