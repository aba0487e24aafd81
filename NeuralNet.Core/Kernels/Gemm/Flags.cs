namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>True.</summary>
internal readonly struct Yes : IFlag
{
    /// <inheritdoc/>
    public static bool Value => true;
}

/// <summary>False.</summary>
internal readonly struct No : IFlag
{
    /// <inheritdoc/>
    public static bool Value => false;
}
