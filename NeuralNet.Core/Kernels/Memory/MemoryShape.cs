namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The sizes of the memories of a batch, <c>[N×(R·W)]</c>: entry j of location i of a sample is column <c>i·W + j</c>.</summary>
/// <param name="Samples">N.</param>
/// <param name="Locations">R.</param>
/// <param name="Width">W.</param>
internal readonly record struct MemoryShape(int Samples, int Locations, int Width)
{
    /// <summary>Numbers of all memories.</summary>
    public long Length => (long)Samples * Locations * Width;
}
