using System.Numerics;
using NeuralNet.Core.Kernels.Samples;

namespace NeuralNet.Core.Kernels;

/// <summary>Softmax over the columns of each row of a matrix <c>[N×C]</c> stored column after column: <c>y_ij = e^x_ij / Σ_k e^x_ik</c>.</summary>
/// <remarks>Stable: the largest of a row is subtracted first. Nothing is done where N or C is 0. Source: Goodfellow, Bengio and Courville
/// (2016), equations 4.1 and 6.29.</remarks>
internal static class SoftmaxKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>y of x.</summary>
    /// <param name="x">x.</param>
    /// <param name="rows">N.</param>
    /// <param name="y">Receives y; may be x.</param>
    public static void Forward(ReadOnlySpan<T> x, int rows, Span<T> y) => SamplePass<T, SoftmaxForward<T>>.Run(default, rows, x, default, y);

    /// <summary><c>dx_ij = y_ij·(g_ij − Σ_k g_ik·y_ik)</c>.</summary>
    /// <param name="upstream">g, the gradient of the loss by y.</param>
    /// <param name="rows">N.</param>
    /// <param name="y">What the forward pass gave.</param>
    /// <param name="dx">Receives the gradient of the loss by x; may be g.</param>
    public static void Backward(ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> y, Span<T> dx) =>
        SamplePass<T, SoftmaxBackward<T>>.Run(default, rows, upstream, y, dx);
}
