using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Tests.Docs;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Functions;

/// <summary>How many units of the last place functions are off, over the whole range: the bounds of docs/accuracy.md.</summary>
internal sealed class AccuracyTests
{
    // Bit patterns from one to the next: a prime, so that all endings occur.
    private const uint Step = 4099;

    private static IEnumerable<AccuracyCase> Cases => AccuracyCase.All;

    [TestCaseSource(nameof(Cases))]
    public void Forward_FloatsOfAllMagnitudes_AreWithinTheUnitsOfTheTable(AccuracyCase function)
    {
        var x = new float[(uint.MaxValue / Step) + 1];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = BitConverter.UInt32BitsToSingle((uint)i * Step);
        }

        Matrix<float> y = function.OfFloat.Forward(Matrix<float>.Build.Dense(x.Length, 1, x));
        (double worst, float at, double worstOfSubnormals, float atSubnormal) = (0, 0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = function.InDouble(x[i]), units = Units(y[i, 0], expected);
            if (Math.Abs(expected) < 1.17549435e-38 || x[i] < -87.33)
            {
                (worstOfSubnormals, atSubnormal) = units > worstOfSubnormals ? (units, x[i]) : (worstOfSubnormals, atSubnormal);
            }
            else
            {
                (worst, at) = units > worst ? (units, x[i]) : (worst, at);
            }
        }

        TestContext.Out.WriteLine($"{function.Name} float: {worst:0.00} at {at:R}, far below zero {worstOfSubnormals:0.00} at {atSubnormal:R}");
        worst.ShouldBeLessThanOrEqualTo(function.FloatUnits, $"{function.Name} at {at:R}");
        worstOfSubnormals.ShouldBeLessThanOrEqualTo(function.SubnormalUnits, $"{function.Name} at {atSubnormal:R}");
    }

    [TestCaseSource(nameof(Cases))]
    public void Forward_Doubles_AreWithinTheUnitsOfTheTable(AccuracyCase function)
    {
        var random = new Random(1);
        (double worst, double at) = (0, 0);
        var cache = new Cache<double>();
        for (int i = 0; i < 1500; i++)
        {
            // Half of them over the range, half in all magnitudes down to 2⁻⁶⁰.
            double x = function.Low + ((function.High - function.Low) * random.NextDouble());
            x = i % 2 == 0 ? x : x * Math.ScaleB(1, -random.Next(60));
            double units = Wide.Units(function.OfDouble.Forward(x, cache), function.Exactly(Wide.Of(x)));
            (worst, at) = units > worst ? (units, x) : (worst, at);
        }

        TestContext.Out.WriteLine($"{function.Name} double: {worst:0.00} at {at:R}");
        worst.ShouldBeLessThanOrEqualTo(function.DoubleUnits, $"{function.Name} at {at:R}");
    }

    // An error of ½ unit in x − m is one of up to |x − m|/2 units in its exponential.
    [TestCase(20, 10)]
    public void Softmax_FloatLogitsFromMinusTenToTen_IsWithinTheUnitsOfTheTable(double softmaxUnits, double logarithmUnits)
    {
        const int Rows = 20_000, Columns = 5;
        var random = new Random(1);
        Matrix<float> x = Matrix<float>.Build.Dense(Rows, Columns, (_, _) => (20 * random.NextSingle()) - 10);
        Matrix<float> y = new Softmax<float>().Forward(x), z = new LogSoftmax<float>().Forward(x);
        (double worst, double worstLogarithm) = (0, 0);
        for (int i = 0; i < Rows; i++)
        {
            double[] row = [.. x.Row(i).Select(value => (double)value)];
            double greatest = row.Max(), others = row.Where(value => value < greatest).Sum(value => Math.Exp(value - greatest));
            double logarithm = Math.Log(1 + others) + ((others - (1 + others - 1)) / (1 + others));
            for (int j = 0; j < Columns; j++)
            {
                worst = Math.Max(worst, Units(y[i, j], Math.Exp(row[j] - greatest) / (1 + others)));
                worstLogarithm = Math.Max(worstLogarithm, Units(z[i, j], row[j] - greatest - logarithm));
            }
        }

        TestContext.Out.WriteLine($"softmax float: {worst:0.00}, its logarithm {worstLogarithm:0.00}");
        worst.ShouldBeLessThanOrEqualTo(softmaxUnits);
        worstLogarithm.ShouldBeLessThanOrEqualTo(logarithmUnits);
    }

    [TestCase(20, 10)]
    public void Softmax_DoubleLogitsFromMinusTenToTen_IsWithinTheUnitsOfTheTable(double softmaxUnits, double logarithmUnits)
    {
        const int Rows = 300, Columns = 5;
        var random = new Random(1);
        Matrix<double> x = Matrix<double>.Build.Dense(Rows, Columns, (_, _) => (20 * random.NextDouble()) - 10);
        Matrix<double> y = new Softmax<double>().Forward(x), z = new LogSoftmax<double>().Forward(x);
        (double worst, double worstLogarithm) = (0, 0);
        for (int i = 0; i < Rows; i++)
        {
            BigInteger[] row = [.. x.Row(i).Select(Wide.Of)];
            BigInteger sum = row.Aggregate(BigInteger.Zero, (total, value) => total + Wide.Exp(value)), logarithm = Wide.Log(sum);
            for (int j = 0; j < Columns; j++)
            {
                worst = Math.Max(worst, Wide.Units(y[i, j], Wide.Over(Wide.Exp(row[j]), sum)));
                worstLogarithm = Math.Max(worstLogarithm, Wide.Units(z[i, j], row[j] - logarithm));
            }
        }

        TestContext.Out.WriteLine($"softmax double: {worst:0.00}, its logarithm {worstLogarithm:0.00}");
        worst.ShouldBeLessThanOrEqualTo(softmaxUnits);
        worstLogarithm.ShouldBeLessThanOrEqualTo(logarithmUnits);
    }

    [TestCaseSource(nameof(Cases))]
    public void Table_OfTheDocs_HasTheBounds(AccuracyCase function) =>
        File.ReadAllText(Path.Combine(Page.Root, "docs", "accuracy.md"))
            .ShouldContain(FormattableString.Invariant($"| {function.Name} | {function.FloatUnits} | {function.DoubleUnits} |"));

    private static double Units(float actual, double expected)
    {
        if (double.IsNaN(expected))
        {
            return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if ((float)expected == actual)
        {
            return Math.Abs(expected) <= float.MaxValue ? Math.Abs(actual - expected) / Unit(expected) : 0;
        }

        return Math.Abs(actual - expected) / Unit(expected);
    }

    private static double Unit(double value) => Math.ScaleB(1, Math.Max(Math.ILogB(value == 0 ? double.Epsilon : value) - 23, -149));
}
