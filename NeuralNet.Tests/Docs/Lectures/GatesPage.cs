using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Examples;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/gates.md.</summary>
internal sealed class GatesPage
{
    [Test]
    public void Multiply_ByHand_SwitchesItsInputs()
    {
        double x = 3, y = -4, dz = 2;

        #region multiply
        var gate = new MultiplyGate<double>();
        var cache = new Cache<double>();
        double z = gate.Forward(x, y, cache);                   // keeps x and y in the cache
        var (dx, dy) = gate.Backward(upstream: dz, cache);      // [y·dz, x·dz]
        #endregion

        (z, dx, dy).ShouldBe((-12, -8, 6));
    }

    [Test]
    public void Describe_AnyGate_StatesItsMathematics()
    {
        #region describe
        var gate = new Sigmoid<double>();
        Console.WriteLine(gate.Formula("s"));                   // \sigma(s)
        Console.WriteLine(gate.LocalGradient("s", "p"));        // (1 - p)\,p
        Console.WriteLine(gate.Pattern);                        // Scaler
        #endregion

        gate.Formula("s").ShouldBe(@"\sigma(s)");
        gate.LocalGradient("s", "p").ShouldBe(@"(1 - p)\,p");
        gate.Pattern.ShouldBe(FlowPattern.Scaler);
    }

    [Test]
    public void Table_OfThePage_NamesEveryGate()
    {
        string page = Page.Read("docs/lectures/gates.md").Text;
        foreach (Type gate in GateCatalogue.Core<double>().Select(entry => entry.Gate.GetType()).Where(type => type.Assembly == typeof(Gate<>).Assembly))
        {
            page.ShouldContain($"`{gate.Name[..^2]}`");
        }
    }

    [Test]
    public void OwnGate_Run_PrintsItsCheckAndItsCircuit()
    {
        Page.Part("examples/OwnGate/Program.cs", "own-gate").Split('\n').Length.ShouldBeLessThan(30);

        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("OwnGate");

        exitCode.ShouldBe(0, errors);
        lines[0].ShouldStartWith("Gradient check of softplus: passed");
        string circuit = string.Join('\n', lines);
        circuit.ShouldEndWith(Page.Read("docs/lectures/gates.md").Printed("own-gate").Trim());
    }
}
