using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>The table of a network: its layers, what they give and how many parameters they have.</summary>
internal static class NetworkSummary
{
    public static string Of<T>(Sequential<T> network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<(string Name, string Layer, string Output, string Parameters)> rows = [("", "layer", "output", "parameters")];
        AddRows(rows, network, "", network.InputShape);
        rows.Add(("", "total", "", Count(network)));
        int name = rows.Max(row => row.Name.Length), layer = rows.Max(row => row.Layer.Length);
        int output = rows.Max(row => row.Output.Length), parameters = rows.Max(row => row.Parameters.Length);
        return string.Join(Environment.NewLine, rows.Select(row =>
            $"{row.Name.PadRight(name)}  {row.Layer.PadRight(layer)}  {row.Output.PadRight(output)}  {row.Parameters.PadLeft(parameters)}"));
    }

    // What consists of others is shown part by part. Only a chain says what its parts are given, so only there their outputs are known.
    private static void AddRows<T>(
        List<(string Name, string Layer, string Output, string Parameters)> rows, Gate<T> network, string prefix, SampleShape? shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (NamedGate<T> child in network.Children)
        {
            string name = $"{prefix}{child.Name}";
            string output = "";
            SampleShape? given = shape;
            if (network is Sequential<T>)
            {
                shape = ((Layer<T>)child.Gate).OutputShape(shape);
                output = $"[N×{shape?.ToString() ?? "any"}]";
            }

            if (child.Gate is not Sequential<T>)
            {
                rows.Add((name, child.Gate.ToString(), output, OwnCount(child.Gate)));
            }

            AddRows(rows, child.Gate, $"{name}.", given);
        }
    }

    // Parameters of the parts are counted with the parts.
    private static string OwnCount<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var ofParts = gate.Children.SelectMany(child => child.Gate.Parameters).Select(named => named.Parameter).ToHashSet();
        long own = gate.Parameters.Where(named => !ofParts.Contains(named.Parameter)).Sum(named => (long)named.Parameter.Count);
        return own == 0 && gate.Children.Count > 0 ? "" : own.ToString("N0", CultureInfo.InvariantCulture);
    }

    private static string Count<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T> =>
        gate.Parameters.Sum(named => (long)named.Parameter.Count).ToString("N0", CultureInfo.InvariantCulture);
}
