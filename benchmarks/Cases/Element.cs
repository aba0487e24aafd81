namespace NeuralNet.Benchmarks.Cases;

/// <summary>The type of the numbers a piece of work is done in.</summary>
internal enum Element
{
    Float,
    Double,
}
