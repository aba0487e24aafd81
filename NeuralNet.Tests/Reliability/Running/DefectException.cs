namespace NeuralNet.Tests.Reliability.Running;

/// <summary>A part of the reliability program found something that must not be.</summary>
/// <param name="message">What it found.</param>
internal sealed class DefectException(string message) : Exception(message);
