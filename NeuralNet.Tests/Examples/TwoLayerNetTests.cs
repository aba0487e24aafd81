using System.Globalization;

namespace NeuralNet.Tests.Examples;

internal sealed class TwoLayerNetTests
{
    // Printed by Reference/two_layer_net.py with NumPy 1.24.
    private static readonly Dictionary<int, double> NumPy = new()
    {
        [0] = 14097.509172595786,
        [1] = 8590.389346089944,
        [10] = 2734.380183514042,
        [100] = 384.3841922587795,
        [500] = 25.154436609904415,
        [1000] = 4.071130169979401,
        [1999] = 0.29980685299341375,
    };

    [Test]
    public void Run_2000Steps_HandAndLayersAgreeWithEachOtherAndWithNumPy()
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("TwoLayerNet");
        exitCode.ShouldBe(0, errors);
        double[][] table = [.. lines[1..^1].Select(line =>
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        table.Length.ShouldBe(NumPy.Count);
        foreach (double[] row in table)
        {
            double expected = NumPy[(int)row[0]];
            row[1].ShouldBe(expected, 1e-9 * expected);
            row[2].ShouldBe(expected, 1e-9 * expected);
        }

        lines[^1].ShouldStartWith("largest relative difference over 2000 steps:");
        double.Parse(lines[^1].Split(' ')[^1], CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(1e-9);
    }
}
