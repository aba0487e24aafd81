using System.Globalization;
using NeuralNet.Tests.Docs;

namespace NeuralNet.Tests.Support;

/// <summary>Figures that a script of the folder Reference has printed: lines of a name, a bar and numbers.</summary>
internal static class ReferenceFile
{
    /// <summary>The figures by their names.</summary>
    public static IReadOnlyDictionary<string, double[]> Read(string name) =>
        File.ReadLines(Path.Combine(Page.Root, "NeuralNet.Tests", "Reference", name)).Select(line => line.Split('|')).ToDictionary(
            parts => parts[0], parts => parts[1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());
}
