using System.Text.Json.Serialization;

namespace NeuralNet.Benchmarks.Reports;

/// <summary>One result, as the JSON file has it.</summary>
/// <param name="Suite">The verb it belongs to.</param>
/// <param name="Case">The piece of work.</param>
/// <param name="Unit">Of all values of the row.</param>
/// <param name="Ours">Median; null where ours failed.</param>
/// <param name="Peers">Medians by name.</param>
/// <param name="Limit">What the machine allows at most (for a time: at least), in the same unit; null where there is no such limit.</param>
internal sealed record Row(
    string Suite, string Case, string Unit, double? Ours, IReadOnlyDictionary<string, PeerFigure> Peers, double? Limit)
{
    private static readonly Dictionary<string, PeerFigure> None = [];

    /// <summary>Whether more is better; the text report compares by it.</summary>
    [JsonIgnore]
    public bool IsRate { get; init; }

    /// <summary>How far apart the blocks of ours were, as a fraction of the median.</summary>
    [JsonIgnore]
    public double Spread { get; init; }

    /// <summary>A result that has no peers.</summary>
    public static Row Own(string suite, string name, string unit, double ours, double? limit) => new(suite, name, unit, ours, None, limit);

    /// <summary>A limit of the machine.</summary>
    public static Row OfMachine(string name, string unit, double value) => Own("limits", name, unit, value, value) with { IsRate = true };
}
