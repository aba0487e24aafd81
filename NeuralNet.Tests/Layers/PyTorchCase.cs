using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Tests.Docs;

namespace NeuralNet.Tests.Layers;

/// <summary>One forward and backward pass that PyTorch did, as a script in <c>Reference</c> wrote it down: values by what they are.</summary>
/// <param name="Name">The layer.</param>
/// <param name="IsTraining">Whether it was in training.</param>
/// <param name="Values">The matrices: <c>input</c>, <c>upstream</c>, <c>output</c>, <c>downstream</c>, and <c>presence</c> where steps are
/// padding, <c>before</c>, <c>gradient</c> and <c>after</c> with the name of a
/// parameter or a state.</param>
internal sealed record PyTorchCase(string Name, bool IsTraining, Dictionary<string, Matrix<double>> Values)
{
    /// <summary>Those of layers with one input, by <c>layers.py</c>, <c>convolutions.py</c> and <c>attention.py</c>.</summary>
    public static IReadOnlyList<PyTorchCase> All { get; } = [.. Read("layers.txt"), .. Read("convolutions.txt"), .. Read("attention.txt")];

    /// <summary>Those of recurrent layers, by <c>recurrent.py</c>; <c>lengths</c> and <c>state</c> where the layer takes them.</summary>
    public static IReadOnlyList<PyTorchCase> Recurrent { get; } = Read("recurrent.txt");

    /// <summary>Those of neural Turing machines, by <c>turing_machine.py</c>; <c>write weights</c> and <c>read weights</c> are where the last head of each kind stood in the last step.</summary>
    public static IReadOnlyList<PyTorchCase> TuringMachines { get; } = Read("turing_machine.txt");

    public override string ToString() => $"{Name}, {(IsTraining ? "training" : "evaluation")}";

    // A line is "what: rows columns: numbers", row after row; a case begins with "case: name: mode".
    private static List<PyTorchCase> Read(string name)
    {
        List<PyTorchCase> cases = [];
        foreach (string[] parts in File.ReadLines(Path.Combine(Page.Root, "NeuralNet.Tests", "Reference", name)).Select(line => line.Split(": ")))
        {
            if (parts[0] == "case")
            {
                cases.Add(new PyTorchCase(parts[1], parts[2] == "training", []));
                continue;
            }

            int[] shape = [.. parts[1].Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
            double[] numbers = [.. parts[2].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            cases[^1].Values.Add(parts[0], Matrices.FromRows<double>(shape[0], shape[1], numbers));
        }

        return cases;
    }
}
