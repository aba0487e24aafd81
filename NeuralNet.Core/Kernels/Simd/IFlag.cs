namespace NeuralNet.Core.Kernels.Simd;

/// <summary>A yes or no known to the JIT, as <see cref="IConstant"/> is a number: <see cref="Yes"/> or <see cref="No"/>.</summary>
internal interface IFlag
{
    /// <summary>The answer.</summary>
    static abstract bool Value { get; }
}
