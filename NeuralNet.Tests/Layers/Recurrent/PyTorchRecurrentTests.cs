using NeuralNet.Core;
using NeuralNet.Layers.Recurrent;

namespace NeuralNet.Tests.Layers.Recurrent;

/// <summary>Recurrent layers against PyTorch 1.13 in double precision, with its weights: outputs and gradients by inputs, states and parameters, over up to 50 steps. The figures are
/// those of <c>Reference/recurrent.py</c>.</summary>
internal sealed class PyTorchRecurrentTests
{
    private const double Tolerance = 1e-11;

    private static IEnumerable<PyTorchCase> Cases => PyTorchCase.Recurrent;

    [Test]
    public void Cases_OfTheFile_AreFiveOfEachKind()
    {
        Cases.Count().ShouldBe(15);
        Cases.Select(item => item.Name.Split(' ')[0]).Distinct().ShouldBe(["RNN", "GRU", "LSTM"]);
    }

    [TestCaseSource(nameof(Cases))]
    public void ForwardAndBackward_WeightsOfPyTorch_GivesWhatPyTorchGives(PyTorchCase expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Dictionary<string, Matrix<double>> values = expected.Values;
        RecurrentLayer<double> layer = Layer(expected);
        layer.Parameters.Select(named => $"before {named.Name}").ShouldBe(values.Keys.Where(key => key.StartsWith("before", StringComparison.Ordinal)));
        foreach (NamedParameter<double> named in layer.Parameters)
        {
            values[$"before {named.Name}"].CopyTo(named.Parameter.Value);
        }

        bool hasLengths = values.ContainsKey("lengths"), hasState = values.ContainsKey("state");
        Matrix<double>[] inputs = [.. new[] { "input", "lengths", "state" }.Where(values.ContainsKey).Select(name => values[name])];
        Gate<double> gate = hasLengths || hasState ? new RecurrentGate<double>(layer, hasLengths, hasState) : layer;
        var cache = new Cache<double>();
        ShouldAgree(gate.Forward(inputs, cache), values["output"], "output");
        Matrix<double>?[] downstream = gate.Backward(values["upstream"], Wanted.All, cache).ToArray();
        ShouldAgree(downstream[0]!, values["downstream"], "downstream");
        if (hasState)
        {
            ShouldAgree(downstream[^1]!, values["gradient state"], "gradient by the state");
        }

        foreach (NamedParameter<double> named in layer.Parameters)
        {
            ShouldAgree(named.Parameter.Gradient, values[$"gradient {named.Name}"], $"gradient by {named.Name}");
        }
    }

    private static RecurrentLayer<double> Layer(PyTorchCase expected)
    {
        Dictionary<string, Matrix<double>> values = expected.Values;
        (int inputs, int hidden) = (values["before weight_ih_l0"].RowCount, values["before weight_hh_l0"].RowCount);
        int layers = values.ContainsKey("before weight_ih_l1") ? 2 : 1;
        bool both = values.ContainsKey("before weight_ih_l0_reverse"), last = expected.Name.EndsWith("last step", StringComparison.Ordinal), bias = values.ContainsKey("before bias_ih_l0");
        var random = new Random(1);
        return expected.Name.Split(' ')[0] switch
        {
            "RNN" => new RNN<double>(inputs, hidden, random, layers, both, last, bias),
            "GRU" => new GRU<double>(inputs, hidden, random, layers, both, last, bias),
            _ => new LSTM<double>(inputs, hidden, random, layers, both, last, bias),
        };
    }

    private static void ShouldAgree(Matrix<double> actual, Matrix<double> expected, string what)
    {
        (actual.RowCount, actual.ColumnCount).ShouldBe((expected.RowCount, expected.ColumnCount), what);
        double scale = Math.Max(1, expected.Enumerate().Max(Math.Abs));
        foreach ((int row, int column, double value) in expected.EnumerateIndexed())
        {
            actual[row, column].ShouldBe(value, Tolerance * Math.Max(Math.Abs(value), 1e-2 * scale), $"{what} at [{row}, {column}]");
        }
    }
}
