namespace NeuralNet.Layers.Saving;

/// <summary>What came of loading the part of a file that fits a network.</summary>
/// <remarks><b>Threads.</b> Immutable.</remarks>
/// <param name="Loaded">Names of the tensors that were loaded, as the network has them.</param>
/// <param name="Missing">What the network has and the file has not, with its dimensions: kept as it was.</param>
/// <param name="Unexpected">What the file has and the network has not, with its dimensions: not read.</param>
/// <param name="Different">What has other dimensions, in words: kept as it was.</param>
public sealed record PartialLoad(
    IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Different);
