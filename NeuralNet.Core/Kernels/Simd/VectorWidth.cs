namespace NeuralNet.Core.Kernels.Simd;

/// <summary>Widths of the CPU's vectors, in bits.</summary>
internal enum VectorWidth
{
    /// <summary>128 bits: SSE, AdvSimd.</summary>
    Bits128 = 128,

    /// <summary>256 bits: AVX2.</summary>
    Bits256 = 256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512 = 512,
}
