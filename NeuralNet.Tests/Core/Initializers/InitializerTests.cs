using NeuralNet.Core.Initializers;

namespace NeuralNet.Tests.Core.Initializers;

internal sealed class InitializerTests
{
    private const int FanIn = 300;
    private const int FanOut = 200;

    // σ by the papers' formulas; a uniform distribution on ±a has σ = a/√3.
    private static IEnumerable<TestCaseData> Catalogue()
    {
        yield return new TestCaseData(new Constant(), 0.0, 0.0);
        yield return new TestCaseData(new Normal(0.01), 0.01, double.PositiveInfinity);
        yield return new TestCaseData(new GlorotUniform(), Math.Sqrt(2.0 / (FanIn + FanOut)), Math.Sqrt(6.0 / (FanIn + FanOut)));
        yield return new TestCaseData(new GlorotNormal(), Math.Sqrt(2.0 / (FanIn + FanOut)), double.PositiveInfinity);
        yield return new TestCaseData(new LeCunUniform(), Math.Sqrt(1.0 / FanIn), Math.Sqrt(3.0 / FanIn));
        yield return new TestCaseData(new LeCunNormal(), Math.Sqrt(1.0 / FanIn), double.PositiveInfinity);
        yield return new TestCaseData(new HeUniform(), Math.Sqrt(2.0 / FanIn), Math.Sqrt(6.0 / FanIn));
        yield return new TestCaseData(new HeNormal(), Math.Sqrt(2.0 / FanIn), double.PositiveInfinity);
    }

    [TestCaseSource(nameof(Catalogue))]
    public void Fill_ManyValues_HasTheMeanDeviationAndRangeOfTheFormula(Initializer initializer, double deviation, double limit)
    {
        var values = new double[FanIn * FanOut];
        initializer.Fill<double>(values, FanIn, FanOut, new Random(1));
        double mean = values.Average();
        Math.Abs(mean).ShouldBeLessThanOrEqualTo(4 * deviation / Math.Sqrt(values.Length));
        Math.Sqrt(values.Average(value => value * value)).ShouldBeInRange(0.98 * deviation, 1.02 * deviation);
        values.Max(Math.Abs).ShouldBeLessThanOrEqualTo(limit);
    }

    [TestCaseSource(nameof(Catalogue))]
    public void Fill_SameSeed_GivesTheSameBits(Initializer initializer, double deviation, double limit)
    {
        float[] first = new float[50], second = new float[50];
        initializer.Fill<float>(first, FanIn, FanOut, new Random(7));
        initializer.Fill<float>(second, FanIn, FanOut, new Random(7));
        second.ShouldBe(first);
    }

    [Test]
    public void Weight_OfASeed_IsAMatrixOfThatShapeFilled()
    {
        Matrix<double> weight = new HeNormal().Weight<double>(30, 4, new Random(7));
        var values = new double[120];
        new HeNormal().Fill<double>(values, 30, 4, new Random(7));
        weight.ShouldBe(Matrix<double>.Build.Dense(30, 4, values));
    }

    [TestCase(0, 5, "inputs")]
    [TestCase(5, -3, "outputs")]
    public void Weight_SizeBelowOne_IsRefused(int inputs, int outputs, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new GlorotUniform().Weight<float>(inputs, outputs, new Random(1))).ParamName.ShouldBe(name);

    [Test]
    public void Weight_NoGenerator_IsRefused() =>
        Should.Throw<ArgumentNullException>(() => new GlorotUniform().Weight<float>(3, 5, null!)).ParamName.ShouldBe("random");

    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Normal_BadDeviation_IsRefused(double deviation) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Normal(deviation)).ParamName.ShouldBe("standardDeviation");
}
