using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>What holds for every gate; that its gradients agree with difference quotients is a test of the gradient check.</summary>
public sealed class GateTests
{
    private static IEnumerable<TestCaseData> All => GateCatalogue.All.Select(gate => new TestCaseData(gate).SetArgDisplayNames(gate.Name));

    [TestCaseSource(nameof(All))]
    public void Backward_ShapeChangesAndComesBack_IsThatOfAFreshCache(object entry)
    {
        var gate = (GateCase)entry;
        Gate<double> instance = gate.Create<double>();
        var used = new Cache<double>();

        foreach (GateCase next in new[] { gate, gate.Doubled(), gate })
        {
            Matrix<double>[] inputs = next.Inputs(seed: 1);
            Gradients(instance, inputs, used).ShouldBe(Gradients(instance, inputs, new Cache<double>()));
        }
    }

    [TestCaseSource(nameof(All))]
    public void Backward_Float_AgreesWithDouble(object entry)
    {
        var gate = (GateCase)entry;
        Matrix<double>[] inputs = gate.Inputs(seed: 3);
        Gate<double> inDouble = gate.Create<double>();
        Gate<float> inFloat = gate.Create<float>();
        var cacheDouble = new Cache<double>();
        var cacheFloat = new Cache<float>();

        Matrix<double> output = inDouble.Forward(inputs, cacheDouble);
        Matrix<float> outputFloat = inFloat.Forward([.. inputs.Select(ToFloat)], cacheFloat);
        Matrix<double> upstream = Some.Matrix<double>(output.RowCount, output.ColumnCount, seed: 4);

        AssertClose(outputFloat.Map(v => (double)v), output, 2e-6);
        for (int i = 0; i < inputs.Length; i++)
        {
            AssertClose(inFloat.Backward(i, ToFloat(upstream), cacheFloat).Map(v => (double)v), inDouble.Backward(i, upstream, cacheDouble), 5e-6);
        }
    }

    [TestCaseSource(nameof(All))]
    public void Backward_SecondTime_Repeats(object entry)
    {
        var gate = (GateCase)entry;
        Gate<double> instance = gate.Create<double>();
        var cache = new Cache<double>();
        Matrix<double>[] inputs = gate.Inputs(seed: 5);
        Matrix<double> output = instance.Forward(inputs, cache);
        Matrix<double> upstream = Some.Matrix<double>(output.RowCount, output.ColumnCount, seed: 2);
        Matrix<double>[] first = Gradients(instance, inputs, cache);

        for (int i = inputs.Length - 1; i >= 0; i--)
        {
            instance.Backward(i, upstream, cache).ShouldBe(first[i]);
            first[i].RowCount.ShouldBe(inputs[i].RowCount);
            first[i].ColumnCount.ShouldBe(inputs[i].ColumnCount);
        }
    }

    [TestCaseSource(nameof(All))]
    public void ForwardAndBackward_SteadyState_AllocateNothing(object entry)
    {
        var gate = (GateCase)entry;
        Gate<double> instance = gate.Create<double>();
        var cache = new Cache<double>();
        Matrix<double>[] inputs = gate.Inputs(seed: 7);
        Matrix<double> output = instance.Forward(inputs, cache);
        Matrix<double> upstream = Some.Matrix<double>(output.RowCount, output.ColumnCount, seed: 8);

        Allocation.OfThread(() =>
        {
            instance.Forward(inputs, cache);
            for (int i = 0; i < inputs.Length; i++)
            {
                instance.Backward(i, upstream, cache);
            }
        }).ShouldBe(0);
    }

    [TestCaseSource(nameof(All))]
    public void ForwardAndBackward_NoRows_GiveNone(object entry)
    {
        Gate<double> gate = ((GateCase)entry).Create<double>();
        if (gate.IsElementwise)
        {
            Matrix<double> empty = Matrix<double>.Build.Dense(0, 3);
            var cache = new Cache<double>();
            gate.Forward([.. Enumerable.Repeat(empty, gate.InputCount ?? 3)], cache).Shape().ShouldBe("[0×3]");
            gate.Backward(0, empty, cache).Shape().ShouldBe("[0×3]");
        }
    }

    [TestCaseSource(nameof(All))]
    public void Backward_WithoutForward_Throws(object entry)
    {
        Gate<double> gate = ((GateCase)entry).Create<double>();

        Should.Throw<InvalidOperationException>(() => gate.Backward(0, Some.Matrix<double>(3, 4), new Cache<double>()))
            .Message.ShouldContain("came before Forward");
    }

    [TestCaseSource(nameof(All))]
    public void Backward_UpstreamOfAnotherShape_Throws(object entry)
    {
        var gate = (GateCase)entry;
        Gate<double> instance = gate.Create<double>();
        var cache = new Cache<double>();
        instance.Forward(gate.Inputs(seed: 1), cache);

        Should.Throw<ArgumentException>(() => instance.Backward(0, Some.Matrix<double>(7, 9), cache)).Message.ShouldContain("[7×9]");
    }

    [TestCaseSource(nameof(All))]
    public void Forward_WrongNumberOfInputs_Throws(object entry)
    {
        Gate<double> gate = ((GateCase)entry).Create<double>();
        Matrix<double>[] inputs = gate.InputCount is int count ? [.. Enumerable.Repeat(Some.Matrix<double>(2, 2), count + 1)] : [];

        Should.Throw<ArgumentException>(() => gate.Forward(inputs, new Cache<double>())).Message.ShouldContain(gate.ToString());
    }

    [TestCaseSource(nameof(All))]
    public void Description_EveryGate_StatesFormulaGradientsAndPattern(object entry)
    {
        var gate = (GateCase)entry;
        Gate<double> instance = gate.Create<double>();
        string[] names = [.. Enumerable.Range(0, gate.Shapes.Length).Select(i => $"a_{i}")];

        instance.Name.ShouldNotBeNullOrWhiteSpace();
        instance.Symbol.ShouldNotBeNullOrWhiteSpace();
        Enum.IsDefined(instance.Pattern).ShouldBeTrue();
        string formula = instance.Formula(names);
        for (int i = 0; i < names.Length; i++)
        {
            formula.ShouldContain(names[i]);
            instance.LocalGradient(i, names, "z").ShouldNotBeNullOrWhiteSpace();
        }
    }

    private static Matrix<double>[] Gradients(Gate<double> gate, Matrix<double>[] inputs, Cache<double> cache)
    {
        Matrix<double> output = gate.Forward(inputs, cache);
        Matrix<double> upstream = Some.Matrix<double>(output.RowCount, output.ColumnCount, seed: 2);
        return [.. inputs.Select((_, i) => gate.Backward(i, upstream, cache).Clone())];
    }

    private static void AssertClose(Matrix<double> actual, Matrix<double> expected, double tolerance)
    {
        (actual.RowCount, actual.ColumnCount).ShouldBe((expected.RowCount, expected.ColumnCount));
        foreach ((int row, int column, double value) in expected.EnumerateIndexed())
        {
            actual[row, column].ShouldBe(value, tolerance * Math.Max(1, Math.Abs(value)), $"at [{row}, {column}]");
        }
    }

    private static Matrix<float> ToFloat(Matrix<double> matrix) => matrix.Map(value => (float)value);
}
