using NeuralNet.Core;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>What every gate refuses and what it says of itself, for all that stand in a catalogue.</summary>
[TestFixtureSource(nameof(Names))]
internal sealed class GateErrorTests(string name)
{
    private static IEnumerable<string> Names() => GateCatalogue.All<double>().Select(entry => entry.Name);

    [Test]
    public void Backward_BeforeForward_SaysSo() =>
        Should.Throw<InvalidOperationException>(() => Entry().Gate.Backward(Some.Matrix<double>(3, 4), Wanted.All, new Cache<double>()))
            .Message.ShouldContain("came before Forward");

    [Test]
    public void Backward_CacheOfAnotherGate_SaysSo()
    {
        var pass = new GatePass<double>(Entry());
        Matrix<double> output = pass.Forward(samples: 2);
        Should.Throw<InvalidOperationException>(() => Entry().Gate.Backward(output, Wanted.All, pass.Cache)).Message.ShouldContain("was given the cache of");
    }

    [Test]
    public void Backward_CacheThatKeepsNothing_SaysSo()
    {
        GateEntry<double> entry = Entry();
        var workspace = new Cache<double>(training: false);
        Matrix<double> output = entry.Gate.Forward(entry.Inputs(samples: 2), workspace);
        Should.Throw<InvalidOperationException>(() => entry.Gate.Backward(output, Wanted.All, workspace)).Message.ShouldContain("keeps nothing");
    }

    [Test]
    public void Backward_UpstreamOfAnotherShape_NamesBothShapes()
    {
        var pass = new GatePass<double>(Entry());
        Matrix<double> output = pass.Forward(samples: 2), wrong = Some.Matrix<double>(output.RowCount + 1, output.ColumnCount);
        Should.Throw<ArgumentException>(() => pass.Gate.Backward(wrong, Wanted.All, pass.Cache))
            .Message.ShouldContain($"{pass.Gate} expects upstream of the output's shape {output.Shape()}, got {wrong.Shape()}");
    }

    [Test]
    public void Backward_ForwardFailedBefore_RefusesWhatIsLeft()
    {
        GateEntry<double> entry = Entry();
        var pass = new GatePass<double>(entry);
        Matrix<double> output = pass.Forward(samples: 2);
        Matrix<double>[] inputs = entry.Inputs(samples: 2);
        inputs[^1] = Matrix<double>.Build.Sparse(inputs[^1].RowCount, inputs[^1].ColumnCount);
        Should.Throw<ArgumentException>(() => pass.Forward(inputs)).Message.ShouldContain("dense");
        Should.Throw<InvalidOperationException>(() => pass.Backward(output));
    }

    [Test]
    public void Forward_WrongNumberOfInputs_SaysSo()
    {
        Gate<double> gate = Entry().Gate;
        Matrix<double>[] inputs = gate.InputCount is int count ? [.. Enumerable.Repeat(Some.Matrix<double>(2, 2), count + 1)] : [];
        Should.Throw<ArgumentException>(() => gate.Forward(inputs, new Cache<double>())).Message.ShouldContain(gate.ToString());
    }

    [Test]
    public void Description_EveryGate_StatesFormulaGradientsAndPattern()
    {
        GateEntry<double> entry = Entry();
        string[] names = [.. Enumerable.Range(0, entry.Inputs(samples: 1).Length).Select(i => $"a_{i}")];
        entry.Gate.Name.ShouldNotBeNullOrWhiteSpace();
        entry.Gate.Symbol.ShouldNotBeNullOrWhiteSpace();
        Enum.IsDefined(entry.Gate.Pattern).ShouldBeTrue();
        string formula = entry.Gate.Formula(names);
        for (int i = 0; i < names.Length; i++)
        {
            formula.ShouldContain(names[i]);
            entry.Gate.LocalGradient(i, names, "z").ShouldNotBeNullOrWhiteSpace();
        }
    }

    private GateEntry<double> Entry() => GateCatalogue.Get<double>(name);
}
