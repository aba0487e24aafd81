namespace NeuralNet.Tests.Reliability.Running;

/// <summary>The command line asks for something that there is not.</summary>
/// <param name="message">What.</param>
internal sealed class UsageException(string message) : Exception(message);
