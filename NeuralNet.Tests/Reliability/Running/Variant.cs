namespace NeuralNet.Tests.Reliability.Running;

/// <summary>The circumstances of one process.</summary>
/// <param name="Name">What they are, empty for the ordinary ones.</param>
/// <param name="Environment">Variables to set for it.</param>
internal sealed record Variant(string Name, params (string Name, string Value)[] Environment)
{
    /// <summary>How many threads the kernels are told to use, 0 for all.</summary>
    public int Threads { get; init; }

    /// <summary>Whether the culture of the process writes a decimal comma.</summary>
    public bool HasDecimalComma { get; init; }
}
