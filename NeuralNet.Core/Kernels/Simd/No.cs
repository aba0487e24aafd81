namespace NeuralNet.Core.Kernels.Simd;

/// <summary>The kernel is compiled without what the flag stands for.</summary>
internal readonly struct No : IFlag
{
    /// <inheritdoc/>
    public static bool Value => false;
}
