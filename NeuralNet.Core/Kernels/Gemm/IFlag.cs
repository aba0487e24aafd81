namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>A yes or no known to the JIT, as <see cref="IConstant"/> is a number.</summary>
internal interface IFlag
{
    /// <summary>The answer.</summary>
    static abstract bool Value { get; }
}
