namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>One vector of each array that an element-wise operation writes, or of each that it only reads.</summary>
/// <remarks>Fields and no indexer: the JIT keeps each in a register of its own, and those that an operation does not name cost nothing.
/// Four is the most for which it does so.</remarks>
/// <typeparam name="TVector">The vector.</typeparam>
internal struct Lanes<TVector> where TVector : struct
{
    /// <summary>Of the first array.</summary>
    public TVector First;

    /// <summary>Of the second array; undefined where there is none.</summary>
    public TVector Second;

    /// <summary>Of the third array; undefined where there is none.</summary>
    public TVector Third;

    /// <summary>Of the fourth array; undefined where there is none.</summary>
    public TVector Fourth;
}
