using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers.Memory;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Memory;

/// <summary>Neural Turing machines: against PyTorch, against the graph of their gates, bits, memory and errors.</summary>
internal sealed class NeuralTuringMachineTests
{
    private static IEnumerable<PyTorchCase> Cases => PyTorchCase.TuringMachines;

    [Test]
    public void Cases_OfTheFile_AreFour() => Cases.Count().ShouldBe(4);

    [TestCaseSource(nameof(Cases))]
    public void ForwardAndBackward_WeightsOfPyTorch_GivesWhatItsAutogradGives(PyTorchCase expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Dictionary<string, Matrix<double>> values = expected.Values;
        NeuralTuringMachine<double> machine = Machine(expected.Name);
        machine.Parameters.Select(named => $"before {named.Name}").ShouldBe(values.Keys.Where(key => key.StartsWith("before", StringComparison.Ordinal)));
        foreach (NamedParameter<double> named in machine.Parameters)
        {
            values[$"before {named.Name}"].CopyTo(named.Parameter.Value);
        }

        var cache = new Cache<double>();
        int steps = values["input"].ColumnCount / machine.Inputs;
        ShouldAgree(machine.Forward(values["input"], cache), values["output"], "output");
        ShouldAgree(machine.WriteWeights(cache, steps - 1, machine.WriteHeads - 1), values["write weights"], "write weights");
        ShouldAgree(machine.ReadWeights(cache, steps - 1, machine.ReadHeads - 1), values["read weights"], "read weights");
        ShouldAgree(machine.Backward(values["upstream"], cache), values["downstream"], "downstream");
        foreach (NamedParameter<double> named in machine.Parameters)
        {
            ShouldAgree(named.Parameter.Gradient, values[$"gradient {named.Name}"], $"gradient by {named.Name}");
        }
    }

    [TestCase("one head each", 5, 3)]
    [TestCase("several heads", 3, 2)]
    [TestCase("two locations", 1, 4)]
    public void Unroll_OverSomeSteps_ComputesWhatTheLayerDoes(string name, int steps, int samples)
    {
        NeuralTuringMachine<double> machine = Machine(name);
        Matrix<double> input = Some.Matrix<double>(samples, machine.Inputs * steps, 2), upstream = Some.Matrix<double>(samples, machine.Outputs * steps, 3);
        var cache = new Cache<double>();
        Matrix<double> output = machine.Forward(input, cache), downstream = machine.Backward(upstream, cache);
        Matrix<double>[] gradients = [.. machine.Parameters.Select(named => named.Parameter.Gradient.Clone())];

        machine.ZeroGradients();
        var graph = new Graph<double>();
        Node<double>[] inputs = [.. Enumerable.Range(0, steps).Select(t => graph.Variable($"x{t + 1}", StepOf(input, t, steps)))];
        IReadOnlyList<Node<double>> outputs = machine.Unroll(graph, samples, inputs);
        graph.Forward();
        graph.Backward([.. outputs.Select((node, t) => (node, StepOf(upstream, t, steps)))]);

        for (int t = 0; t < steps; t++)
        {
            outputs[t].Matrix.ShouldBe(StepOf(output, t, steps));
            ShouldAgree(inputs[t].MatrixGradient, StepOf(downstream, t, steps), $"downstream of step {t}");
            graph[$"w read0 {t + 1}"].Matrix.ShouldBe(machine.ReadWeights(cache, t));
            graph[$"w write0 {t + 1}"].Matrix.ShouldBe(machine.WriteWeights(cache, t));
        }

        foreach ((NamedParameter<double> named, Matrix<double> expected) in machine.Parameters.Zip(gradients))
        {
            ShouldAgree(named.Parameter.Gradient, expected, named.Name);
        }
    }

    [Test]
    public void Unroll_OverThreeSteps_IsDrawn()
    {
        var machine = new NeuralTuringMachine<double>(2, 1, 3, 4, 2, new Random(1));
        var graph = new Graph<double>();
        machine.Unroll(graph, 1, [.. Enumerable.Range(1, 3).Select(t => graph.Variable($"x{t}", Some.Matrix<double>(1, 2, t)))]);
        string svg = graph.Draw().ToSvg();

        foreach (string sign in (string[])["M write0 2", "w read0 3", "sharpen", "shift", "lerp", "cos", "write", "read", "y3"])
        {
            svg.ShouldContain(sign);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => machine.Unroll(new Graph<double>(), 0, [])).ParamName.ShouldBe("samples");
    }

    [Test]
    public void Weights_OfAllHeadsAndSteps_SumToOne()
    {
        NeuralTuringMachine<double> machine = Machine("several heads");
        var cache = new Cache<double>();
        machine.Forward(Some.Matrix<double>(3, 2 * 6), cache);

        for (int step = 0; step < 6; step++)
        {
            for (int head = 0; head < 3; head++)
            {
                Matrix<double> weights = head < 2 ? machine.ReadWeights(cache, step, head) : machine.WriteWeights(cache, step, head);
                weights.RowSums().ShouldAllBe(sum => Math.Abs(sum - 1) < 1e-14);
                weights.Enumerate().ShouldAllBe(weight => weight >= 0);
            }
        }
    }

    [Test]
    public void Weights_OfAStepOrHeadThatIsNone_AreRefused()
    {
        NeuralTuringMachine<double> machine = Machine("one head each");
        var cache = new Cache<double>();
        Should.Throw<InvalidOperationException>(() => machine.ReadWeights(cache, 0));
        machine.Forward(Some.Matrix<double>(1, 3 * 2), cache);
        Should.Throw<ArgumentOutOfRangeException>(() => machine.ReadWeights(cache, 2)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.WriteWeights(cache, -1)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.WriteWeights(cache, 0, 1)).ParamName.ShouldBe("head");
    }

    [Test]
    public void Backward_AfterALongerSequence_GivesTheGradientsOfTheShorterOne()
    {
        NeuralTuringMachine<double> machine = Machine("one head each");
        Matrix<double> input = Some.Matrix<double>(4, 3 * 3), upstream = Some.Matrix<double>(4, 2 * 3, 2);
        double[] fresh = Run(new Cache<double>());
        var cache = new Cache<double>();
        machine.Forward(Some.Matrix<double>(4, 3 * 9, 3), cache);
        machine.Backward(Some.Matrix<double>(4, 2 * 9, 4), cache);
        Run(cache).ShouldBe(fresh);

        double[] Run(Cache<double> with)
        {
            machine.ZeroGradients();
            return [.. machine.Forward(input, with).AsSpan(), .. machine.Backward(upstream, with).AsSpan(), .. machine.Parameters.SelectMany(named => named.Parameter.Gradient.AsSpan().ToArray())];
        }
    }

    [Test]
    public void ForwardAndBackward_AnyNumberOfThreads_GiveTheSameBits()
    {
        var machine = new NeuralTuringMachine<float>(5, 3, 33, 40, 7, new Random(1), readHeads: 2);
        int threads = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            float[] one = Run();
            ComputeThreads.Count = Environment.ProcessorCount;
            Run().ShouldBe(one);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }

        float[] Run()
        {
            machine.ZeroGradients();
            var cache = new Cache<float>();
            Matrix<float> y = machine.Forward(Some.Matrix<float>(67, 5 * 4), cache), downstream = machine.Backward(Some.Matrix<float>(67, 3 * 4, 2), cache);
            return [.. y.AsSpan(), .. downstream.AsSpan(), .. machine.Parameters.SelectMany(named => named.Parameter.Gradient.AsSpan().ToArray())];
        }
    }

    [Test]
    public void ForwardAndBackward_WarmOfSeveralLengths_AllocateNothing()
    {
        var machine = new NeuralTuringMachine<float>(3, 2, 5, 6, 4, new Random(1));
        var cache = new Cache<float>();
        Matrix<float>[] inputs = [.. Enumerable.Range(1, 3).Select(steps => Some.Matrix<float>(17, 3 * steps))], upstreams = [.. Enumerable.Range(1, 3).Select(steps => Some.Matrix<float>(17, 2 * steps))];

        Allocation.OfProcess(() =>
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                machine.Forward(inputs[i], cache);
                machine.Backward(upstreams[i], i == 0 ? Wanted.None : Wanted.All, cache);
            }
        }).ShouldBe(0);
    }

    [Test]
    public void Forward_ForInference_GivesTheSameBits()
    {
        NeuralTuringMachine<double> machine = Machine("several heads");
        Matrix<double> input = Some.Matrix<double>(3, 2 * 5);
        machine.Forward(input).ShouldBe(machine.Forward(input, new Cache<double>()));
    }

    [Test]
    public void GradientCheck_LongSequence_AgreesWithTheNumericalGradient()
    {
        var machine = new NeuralTuringMachine<double>(2, 2, 4, 5, 3, new Random(3));
        GradientCheckReport report = GradientCheck.Gate(machine, Some.Matrix<double>(2, 2 * 21, 5));
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
    }

    [Test]
    public void OutputShape_AnySequence_KeepsItsSteps()
    {
        NeuralTuringMachine<double> machine = Machine("one head each");

        machine.OutputShape(SampleShape.Sequence(3, 7)).ShouldBe(SampleShape.Sequence(2, 7));
        machine.OutputShape(3).ShouldBe(SampleShape.Vector(2));
        machine.OutputShape(null).ShouldBeNull();
        Should.Throw<ArgumentException>(() => machine.OutputShape(SampleShape.Sequence(4, 7))).Message.ShouldContain("samples of 3 channels, got 4×7");
        Should.Throw<ArgumentException>(() => machine.OutputShape(SampleShape.Image(3, 2, 2))).Message.ShouldContain("expects sequences, 3×T, got 3×2×2");
        Should.Throw<ArgumentException>(() => machine.Forward(Some.Matrix<double>(2, 7))).Message.ShouldContain("[N×(3·P)]");
        machine.ToString().ShouldBe("NeuralTuringMachine(3 → 2, hidden 5, memory 6×4)");
        Machine("several heads").ToString().ShouldBe("NeuralTuringMachine(2 → 3, hidden 4, memory 7×3, 2 read heads, 3 write heads, 5 shifts)");
    }

    [TestCase(0, 1, 1, 4, 1, 1, 1, 3, "inputs")]
    [TestCase(1, 0, 1, 4, 1, 1, 1, 3, "outputs")]
    [TestCase(1, 1, 0, 4, 1, 1, 1, 3, "hidden")]
    [TestCase(1, 1, 1, 0, 1, 1, 1, 3, "locations")]
    [TestCase(1, 1, 1, 4, 0, 1, 1, 3, "width")]
    [TestCase(1, 1, 1, 4, 1, 0, 1, 3, "readHeads")]
    [TestCase(1, 1, 1, 4, 1, 1, 0, 3, "writeHeads")]
    [TestCase(1, 1, 1, 4, 1, 1, 1, 2, "shifts")]
    [TestCase(1, 1, 1, 4, 1, 1, 1, 5, "shifts")]
    [TestCase(1, 1, 1, int.MaxValue, 2, 1, 1, 3, "locations")]
    public void Constructor_NumberOutOfItsRange_IsRefused(
        int inputs, int outputs, int hidden, int locations, int width, int readHeads, int writeHeads, int shifts, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(
            () => new NeuralTuringMachine<float>(inputs, outputs, hidden, locations, width, new Random(1), readHeads, writeHeads, shifts)).ParamName.ShouldBe(name);

    private static NeuralTuringMachine<double> Machine(string name)
    {
        var random = new Random(1);
        return name switch
        {
            "one head each" => new(3, 2, 5, 6, 4, random),
            "several heads" => new(2, 3, 4, 7, 3, random, readHeads: 2, writeHeads: 3, shifts: 5),
            "two locations" => new(1, 1, 3, 2, 1, random, writeHeads: 2),
            _ => new(2, 1, 4, 9, 3, random),
        };
    }

    private static Matrix<double> StepOf(Matrix<double> matrix, int step, int steps) =>
        Matrix<double>.Build.Dense(matrix.RowCount, matrix.ColumnCount / steps, (i, c) => matrix[i, (c * steps) + step]);

    private static void ShouldAgree(Matrix<double> actual, Matrix<double> expected, string what)
    {
        (actual.RowCount, actual.ColumnCount).ShouldBe((expected.RowCount, expected.ColumnCount), what);
        double scale = Math.Max(1, expected.Enumerate().Max(Math.Abs));
        foreach ((int row, int column, double value) in expected.EnumerateIndexed())
        {
            actual[row, column].ShouldBe(value, 1e-11 * scale, $"{what} at [{row}, {column}]");
        }
    }
}
