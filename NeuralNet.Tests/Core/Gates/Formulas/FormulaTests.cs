using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates.Formulas;

/// <summary>What gates say of themselves in LaTeX is what they compute.</summary>
internal sealed class FormulaTests
{
    // Numbers are printed with six digits.
    private const double Tolerance = 1e-5;

    // These say in words, or with indices of their own, where entries come from and go to.
    private static readonly Type[] InWords = [typeof(ConcatenateGate<double>), typeof(SliceGate<double>), typeof(Maxout<double>)];

    private static IEnumerable<string> Names() => GateCatalogue.All<double>()
        .Where(entry => StatesFormula(entry.Gate) && !InWords.Contains(entry.Gate.GetType()))
        .Select(entry => entry.Name);

    [TestCaseSource(nameof(Names))]
    public void LocalGradient_OfTheCatalogue_IsWhatBackwardMultipliesWith(string name)
    {
        GateEntry<double> entry = GateCatalogue.Get<double>(name);
        for (int i = 0; i < entry.Inputs(1).Length; i++)
        {
            WorstDifference(entry.Gate, i, entry.Inputs(samples: 5)).ShouldBeLessThan(Tolerance, $"{name}, input {i}");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Formula_OfTheCatalogue_IsWhatForwardComputes(string name)
    {
        GateEntry<double> entry = GateCatalogue.Get<double>(name);
        Matrix<double>[] inputs = entry.Inputs(samples: 5);
        Matrix<double> output = entry.Gate.Forward(inputs, new Cache<double>());
        string formula = entry.Gate.Formula(InputNames(inputs.Length));
        Matrix<double> stated = new LatexFormula(formula, Values(entry.Gate, inputs), output, entry.Gate.IsElementwise).Compute();
        Worst(stated, output).ShouldBeLessThan(Tolerance, formula);
    }

    [Test]
    public void LocalGradient_StatedWrongly_IsFound() =>
        WorstDifference(new MisstatedGate(), 0, [Some.Matrix<double>(3, 2, seed: 1), Some.Matrix<double>(3, 2, seed: 2)]).ShouldBeGreaterThan(0.1);

    [TestCase(@"2 a^2 - \frac{a}{4} \cdot (a + 1)", 15)]
    [TestCase(@"-a \odot e^{\min(a - 3, 0, 7)}", -3)]
    [TestCase(@"1.5 \cdot 10^{-2}\,\mathbf{1}[a > 2] + \sqrt{\left|1 - a\right|} \mathbf{1}[a \le 2]", 0.015)]
    public void Compute_OfANumber_FollowsTheRulesOfPrecedence(string latex, double expected)
    {
        Matrix<double> a = Matrix<double>.Build.Dense(1, 1, 3);
        new LatexFormula(latex, new Dictionary<string, Matrix<double>> { ["a"] = a }, a, isElementwise: true).Compute()[0, 0].ShouldBe(expected, 1e-14);
    }

    private static bool StatesFormula(Gate<double> gate) =>
        gate.LocalGradient(0, InputNames(gate.InputCount ?? 3), "y") is string latex && !latex.Contains(@"\partial", StringComparison.Ordinal);

    private static double WorstDifference(Gate<double> gate, int input, Matrix<double>[] inputs)
    {
        var cache = new Cache<double>();
        Matrix<double> output = gate.Forward(inputs, cache), upstream = Some.Matrix<double>(output.RowCount, output.ColumnCount, seed: 3);
        Matrix<double> computed = gate.Backward(upstream, Wanted.All, cache)[input]!;
        Dictionary<string, Matrix<double>> values = Values(gate, inputs);
        (values["y"], values["G"]) = (output, upstream);
        string latex = gate.LocalGradient(input, InputNames(inputs.Length), "y");
        Matrix<double> stated = new LatexFormula(latex, values, computed, gate.IsElementwise).Compute();
        return Worst(gate.IsElementwise ? stated.PointwiseMultiply(upstream) : stated, computed);
    }

    private static double Worst(Matrix<double> stated, Matrix<double> computed)
    {
        // A reshaped sample has the numbers of the other, in order.
        stated.AsSpan().Length.ShouldBe(computed.AsSpan().Length);
        return stated.Enumerate().Zip(computed.Enumerate(), (x, y) => Math.Abs(x - y) / Math.Max(1, Math.Abs(y))).Max();
    }

    private static string[] InputNames(int count) => [.. "pqrs".Take(count).Select(letter => letter.ToString())];

    private static Dictionary<string, Matrix<double>> Values(Gate<double> gate, Matrix<double>[] inputs)
    {
        var values = InputNames(inputs.Length).Zip(inputs).ToDictionary(pair => pair.First, pair => pair.Second);
        values["n"] = Matrix<double>.Build.Dense(1, 1, inputs[0].AsSpan().Length);
        foreach (NamedParameter<double> named in gate.Parameters)
        {
            values[named.Name == "weight" ? "W" : "b"] = named.Parameter.Value;
        }

        foreach (NamedState<double> named in gate.States)
        {
            values[named.Name == "shift" ? "m" : "s"] = named.Value;
        }

        return values;
    }

    // Its sign of b is wrong in LaTeX, and right in numbers.
    private sealed class MisstatedGate : BinaryFormulaGate<double>
    {
        public override string Name => "misstated";

        public override string LocalGradientX(string x = "x", string y = "y", string z = "z") => $"-{y}";

        protected override double Value(double x, double y) => x * y;

        protected override double SlopeX(double x, double y, double z) => y;

        protected override double SlopeY(double x, double y, double z) => x;
    }
}
