using System.Globalization;
using NeuralNet.Core.Text;

namespace NeuralNet.Training.SanityChecking;

/// <summary>What a <see cref="SanityCheck"/> found.</summary>
/// <remarks><b>Threads.</b> Immutable.</remarks>
public sealed class SanityCheckReport
{
    internal SanityCheckReport(
        string network, IReadOnlyList<SanityFinding> findings, IReadOnlyList<LayerStatistics> layers, IReadOnlyList<ParameterStatistics> parameters)
    {
        Network = network;
        Findings = findings;
        Layers = layers;
        Parameters = parameters;
    }

    /// <summary>The network as it prints itself.</summary>
    public string Network { get; }

    /// <summary>The checks of the loss, at the start, with regularisation, after overfitting, and of the learning rate if one was set; then what is wrong with output, layers,
    /// parameters, gradients and samples, if anything is.</summary>
    public IReadOnlyList<SanityFinding> Findings { get; }

    /// <summary>Statistics of each layer, first to last; the parts of containers one by one.</summary>
    public IReadOnlyList<LayerStatistics> Layers { get; }

    /// <summary>Statistics of each parameter.</summary>
    public IReadOnlyList<ParameterStatistics> Parameters { get; }

    /// <summary>Whether all of <see cref="Findings"/> are as expected. The statistics of layers and parameters give advice and no verdict.</summary>
    public bool Passed => Findings.All(finding => finding.IsOk);

    /// <summary>All advice, each line with what it is about. Empty for a healthy network.</summary>
    public IReadOnlyList<string> Advice =>
    [
        .. Findings.Where(f => f.Advice.Length > 0).Select(f => $"{f.Check}: {f.Advice}"),
        .. Layers.Where(l => l.Advice.Length > 0).Select(l => $"{l.Position} {l.Layer}: {l.Advice}"),
        .. Parameters.Where(p => p.Advice.Length > 0).Select(p => $"{p.Name}: {p.Advice}"),
    ];

    /// <summary>Three tables, and the advice.</summary>
    public override string ToString()
    {
        var findings = new TextTable("check", "figure", "expected", "");
        foreach (SanityFinding finding in Findings)
        {
            findings.Add(finding.Check, Number(finding.Figure), finding.Expected, finding.IsOk ? "ok" : "NOT OK");
        }

        var layers = new TextTable("", "layer", "mean", "deviation", "dead", "saturated");
        foreach (LayerStatistics layer in Layers)
        {
            layers.Add(
                layer.Position, layer.Layer, Number(layer.Mean), Number(layer.Deviation), Share(layer.DeadShare), Share(layer.SaturatedShare));
        }

        var parameters = new TextTable("parameter", "norm", "gradient norm", "update/weight");
        foreach (ParameterStatistics parameter in Parameters)
        {
            parameters.Add(
                parameter.Name,
                Number(parameter.Norm),
                Number(parameter.GradientNorm),
                parameter.UpdateRatio is double ratio ? ratio.ToString("0.0e+0", CultureInfo.InvariantCulture) : "");
        }

        string advice = string.Concat(Advice.Select(line => $"  → {line}\n"));
        return $"Sanity check of {Network}: {(Passed ? "passed" : "FAILED")}\n{findings}\n{layers}\n{parameters}{advice}";
    }

    private static string Number(double value) => value.ToString("g4", CultureInfo.InvariantCulture);

    private static string Share(double? share) => share?.ToString("0.0%", CultureInfo.InvariantCulture) ?? "";
}
