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

    // A chain is shown part by part; what is not a chain is one row, whatever it consists of.
    private static void AddRows<T>(
        List<(string Name, string Layer, string Output, string Parameters)> rows, Sequential<T> network, string prefix, SampleShape? shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (NamedGate<T> child in network.Children)
        {
            var layer = (Layer<T>)child.Gate;
            SampleShape? output = layer.OutputShape(shape);
            if (layer is Sequential<T> inner)
            {
                AddRows(rows, inner, $"{prefix}{child.Name}.", shape);
            }
            else
            {
                rows.Add(($"{prefix}{child.Name}", layer.ToString(), $"[N×{output?.ToString() ?? "any"}]", Count(layer)));
            }

            shape = output;
        }
    }

    private static string Count<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T> =>
        gate.Parameters.Sum(named => (long)named.Parameter.Count).ToString("N0", CultureInfo.InvariantCulture);
}
