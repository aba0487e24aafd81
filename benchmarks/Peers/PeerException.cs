namespace NeuralNet.Benchmarks.Peers;

/// <summary>A peer that is not installed, did not start or could not do a piece of work; the message says which and why.</summary>
internal sealed class PeerException(string message) : Exception(message);
