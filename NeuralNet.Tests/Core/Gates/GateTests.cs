using NeuralNet.Core;
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
            Matrix<float> actual = inFloat.Backward(ToFloat(upstream), Wanted.All, cacheFloat)[i]!;
            AssertClose(actual.Map(v => (double)v), inDouble.Backward(upstream, Wanted.All, cacheDouble)[i]!, 5e-6);
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
            OneByOne(instance, i, inputs.Length, upstream, cache).ShouldBe(first[i]);
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
            instance.Backward(upstream, Wanted.All, cache);
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
            gate.Backward(empty, Wanted.All, cache)[0]!.Shape().ShouldBe("[0×3]");
        }
    }

    [TestCaseSource(nameof(All))]
    public void Backward_WithoutForward_Throws(object entry)
    {
        Gate<double> gate = ((GateCase)entry).Create<double>();

        Should.Throw<InvalidOperationException>(() => gate.Backward(Some.Matrix<double>(3, 4), Wanted.All, new Cache<double>()))
            .Message.ShouldContain("came before Forward");
    }

    [TestCaseSource(nameof(All))]
    public void Backward_UpstreamOfAnotherShape_Throws(object entry)
    {
        var gate = (GateCase)entry;
        Gate<double> instance = gate.Create<double>();
        var cache = new Cache<double>();
        instance.Forward(gate.Inputs(seed: 1), cache);

        Should.Throw<ArgumentException>(() => instance.Backward(Some.Matrix<double>(7, 9), Wanted.All, cache)).Message.ShouldContain("[7×9]");
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
        return [.. gate.Backward(upstream, Wanted.All, cache).ToArray().Select(gradient => gradient!.Clone())];
    }

    // The gradient by one input alone; nothing is given for the others.
    private static Matrix<double> OneByOne(Gate<double> gate, int input, int count, Matrix<double> upstream, Cache<double> cache)
    {
        bool[] wanted = new bool[count];
        wanted[input] = true;
        Matrix<double>?[] downstream = gate.Backward(upstream, new Wanted(wanted), cache).ToArray();
        downstream.Count(gradient => gradient is not null).ShouldBe(1);
        return downstream[input]!;
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
