namespace NeuralNet.Benchmarks.Peers;

/// <summary>One of the ways to run a peer: the environment variables that its process gets, and a name for them.</summary>
internal sealed record Setting(string Name, IReadOnlyDictionary<string, string> Environment);
