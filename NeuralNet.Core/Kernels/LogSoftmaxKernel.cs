using System.Numerics;
using NeuralNet.Core.Kernels.Samples;

namespace NeuralNet.Core.Kernels;

/// <summary>
/// Logarithm of softmax over the columns of each row of a matrix <c>[N×C]</c> stored column after column: <c>y_ij = x_ij − ln Σ_k e^x_ik</c>.
/// </summary>
/// <remarks>Stable: the largest of a row is subtracted first, and the logarithm is taken of the sum, not of a softmax that may be 0. Nothing
/// is done where N or C is 0.</remarks>
internal static class LogSoftmaxKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>y of x.</summary>
    /// <param name="x">x.</param>
    /// <param name="rows">N.</param>
    /// <param name="y">Receives y; may be x.</param>
    public static void Forward(ReadOnlySpan<T> x, int rows, Span<T> y) => SamplePass<T, LogSoftmaxForward<T>>.Run(default, rows, x, default, y);

    /// <summary><c>dx_ij = g_ij − e^y_ij·Σ_k g_ik</c>.</summary>
    /// <param name="upstream">g, the gradient of the loss by y.</param>
    /// <param name="rows">N.</param>
    /// <param name="y">What the forward pass gave.</param>
    /// <param name="dx">Receives the gradient of the loss by x; may be g.</param>
    public static void Backward(ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> y, Span<T> dx) =>
        SamplePass<T, LogSoftmaxBackward<T>>.Run(default, rows, upstream, y, dx);
}
