using NeuralNet.Core;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>What gates state in LaTeX, computed and compared with the numbers of their passes.</summary>
internal sealed class LatexTests
{
    private const int Samples = 5;
    private static readonly string[] s_letters = ["x", "y", "u"];

    // Where a gradient moves entries it is told in words or indices; containers state none.
    private static readonly string[] s_notComputed = [@"\text", @"\left[", @"\partial", "G_{"];

    private static IEnumerable<string> Computed() =>
        GateCatalogue.All<double>().Where(entry => IsComputed(entry.Gate.LocalGradient(0, s_letters, "z"))).Select(entry => entry.Name);

    private static IEnumerable<string> ComputedElementwise() => Computed().Where(name => GateCatalogue.Get<double>(name).Gate.IsElementwise);

    [TestCaseSource(nameof(Computed))]
    public void LocalGradient_Computed_GivesWhatBackwardGives(string name)
    {
        Gate<double> gate = GateCatalogue.Get<double>(name).Gate;
        Matrix<double>[] inputs = GateCatalogue.Get<double>(name).Inputs(Samples);
        var cache = new Cache<double>();
        Matrix<double> output = gate.Forward(inputs, cache), upstream = Some.Matrix<double>(output.RowCount, output.ColumnCount, seed: 4);
        ReadOnlySpan<Matrix<double>?> downstream = gate.Backward(upstream, Wanted.All, cache);
        for (int i = 0; i < inputs.Length; i++)
        {
            string latex = gate.LocalGradient(i, s_letters, "z");
            Matrix<double> stated = gate.Pattern == FlowPattern.Router || gate.IsElementwise
                ? EntryByEntry(latex, inputs, output).PointwiseMultiply(upstream)
                : LatexFormula.Evaluate(latex, Names(gate, inputs, output, upstream), (inputs[i].RowCount, inputs[i].ColumnCount));
            ShouldAgree(stated, downstream[i]!, $"{name} by input {i}: {latex}");
        }
    }

    [TestCaseSource(nameof(ComputedElementwise))]
    public void Formula_Computed_GivesWhatForwardGives(string name)
    {
        Gate<double> gate = GateCatalogue.Get<double>(name).Gate;
        Matrix<double>[] inputs = GateCatalogue.Get<double>(name).Inputs(Samples);
        Matrix<double> output = gate.Forward(inputs, new Cache<double>());
        string latex = gate.Formula(s_letters.AsSpan(0, inputs.Length));
        ShouldAgree(EntryByEntry(latex, inputs, output), output, $"{name}: {latex}");
    }

    private static bool IsComputed(string latex) => !s_notComputed.Any(part => latex.Contains(part, StringComparison.Ordinal));

    private static Matrix<double> EntryByEntry(string latex, Matrix<double>[] inputs, Matrix<double> output) =>
        output.MapIndexed((row, column, z) =>
        {
            var names = new Dictionary<string, Matrix<double>> { ["z"] = LatexFormula.Number(z) };
            for (int i = 0; i < inputs.Length; i++)
            {
                names[s_letters[i]] = LatexFormula.Number(inputs[i][row, column]);
            }

            return LatexFormula.Evaluate(latex, names, (1, 1))[0, 0];
        }, Zeros.Include);

    private static Dictionary<string, Matrix<double>> Names(Gate<double> gate, Matrix<double>[] inputs, Matrix<double> output, Matrix<double> upstream)
    {
        var names = new Dictionary<string, Matrix<double>>
        {
            ["z"] = output,
            ["G"] = upstream,
            ["n"] = LatexFormula.Number(inputs[0].RowCount * inputs[0].ColumnCount),
        };
        for (int i = 0; i < inputs.Length; i++)
        {
            names[s_letters[i]] = inputs[i];
        }

        foreach (NamedParameter<double> named in gate.Parameters.Where(named => named.Name == "weight"))
        {
            names["W"] = named.Parameter.Value;
        }

        return names;
    }

    private static void ShouldAgree(Matrix<double> stated, Matrix<double> computed, string what)
    {
        (stated.RowCount, stated.ColumnCount).ShouldBe((computed.RowCount, computed.ColumnCount), what);
        foreach ((int row, int column, double value) in computed.EnumerateIndexed())
        {
            stated[row, column].ShouldBe(value, 1e-12 * Math.Max(1, Math.Abs(value)), $"{what} at [{row}, {column}]");
        }
    }
}
