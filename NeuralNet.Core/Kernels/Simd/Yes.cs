namespace NeuralNet.Core.Kernels.Simd;

/// <summary>The kernel is compiled with what the flag stands for.</summary>
internal readonly struct Yes : IFlag
{
    /// <inheritdoc/>
    public static bool Value => true;
}
