namespace NeuralNet.Benchmarks;

/// <summary>The command line does not say what to do; the message says what is wrong with it.</summary>
internal sealed class UsageException(string message) : Exception(message);
