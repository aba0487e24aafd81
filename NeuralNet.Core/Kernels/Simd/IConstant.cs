namespace NeuralNet.Core.Kernels.Simd;

/// <summary>A number known to the JIT: what a kernel branches on costs nothing when the branch is decided by the type.</summary>
internal interface IConstant
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}
