using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Convolution;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Providers;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Operations;

/// <summary>Convolutions of samples with positions, and their gradients: what convolutional layers are made of.</summary>
/// <remarks>
/// <para>With input channels c, output channels m, positions o of the output and elements k of the window, in one group:
/// <c>y[m, o] = b[m] + Σ_c Σ_k x[c, o·s − p + k·d]·w[m, c, k]</c>, x being 0 outside of the image. As everywhere in this field, the kernel is not turned around: it is a
/// cross-correlation. The weight is a matrix <c>[(C/G·kh·kw)×M]</c>, a column for each output channel, its rows in the order c, row and column of the kernel.</para>
/// <para>Large ones are shared among the threads, with the same bits at any number of them. Nothing is allocated in steady state.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class ConvolutionOperations
{
    /// <summary><c>Y ← X ∗ W + b</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="input">X <c>[N×(C·H·W)]</c>.</param>
    /// <param name="weight">W <c>[(C/G·kh·kw)×M]</c>.</param>
    /// <param name="bias">b <c>[1×M]</c>, or null for none.</param>
    /// <param name="output">Y <c>[N×(M·H'·W')]</c>; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or the output shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Forward<T>(ConvolutionShape shape, Matrix<T> input, Matrix<T> weight, Matrix<T>? bias, Matrix<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, input, nameof(input), weight, nameof(weight), output, nameof(output));
        ReadOnlySpan<T> ofBias = BiasOf(bias, shape.Output.Channels);
        ThrowIfOverlaps(nameof(output), output, input, weight, ofBias);
        if (shape.IsProduct)
        {
            int rows = input.RowCount * shape.Input.Positions;
            MatrixProduct.Multiply(
                Transpose.No, Transpose.No, rows, shape.Output.Channels, shape.Input.Channels, T.One, input.AsSpan(), rows, weight.AsSpan(), shape.WeightRows, T.Zero,
                output.AsSpan(), rows, ofBias);
            return;
        }

        ConvolutionPass<T>.Correlate(shape.Forward, input.AsSpan(), weight.AsSpan(), ofBias, output.AsSpan(), input.RowCount);
    }

    /// <summary>The gradient by the input, <c>dX[c, i] = Σ_m Σ_{o, k: o·s − p + k·d = i} dY[m, o]·w[m, c, k]</c>; with a bias for each channel of the input it is the transposed
    /// convolution.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The sizes, of the convolution.</param>
    /// <param name="upstream">dY <c>[N×(M·H'·W')]</c>.</param>
    /// <param name="weight">W <c>[(C/G·kh·kw)×M]</c>.</param>
    /// <param name="bias">A number for each channel of the input <c>[1×C]</c>, added to the result; null (the default) for none.</param>
    /// <param name="downstream">dX <c>[N×(C·H·W)]</c>; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or the result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void BackwardInput<T>(ConvolutionShape shape, Matrix<T> upstream, Matrix<T> weight, Matrix<T> downstream, Matrix<T>? bias = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, downstream, nameof(downstream), weight, nameof(weight), upstream, nameof(upstream));
        ReadOnlySpan<T> ofBias = BiasOf(bias, shape.Input.Channels);
        ThrowIfOverlaps(nameof(downstream), downstream, upstream, weight, ofBias);
        if (shape.IsProduct)
        {
            int rows = upstream.RowCount * shape.Input.Positions;
            MatrixProduct.Multiply(
                Transpose.No, Transpose.Yes, rows, shape.Input.Channels, shape.Output.Channels, T.One, upstream.AsSpan(), rows, weight.AsSpan(), shape.WeightRows, T.Zero,
                downstream.AsSpan(), rows, ofBias);
            return;
        }

        ConvolutionPass<T>.Correlate(shape.Transposed, upstream.AsSpan(), weight.AsSpan(), ofBias, downstream.AsSpan(), upstream.RowCount);
    }

    /// <summary>The gradient by the weight, <c>dw[m, c, k] ← Σ_n Σ_o x[c, o·s − p + k·d]·dY[m, o] + β·dw[m, c, k]</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="input">X <c>[N×(C·H·W)]</c>.</param>
    /// <param name="upstream">dY <c>[N×(M·H'·W')]</c>.</param>
    /// <param name="gradient">dW <c>[(C/G·kh·kw)×M]</c>; shares no memory with the others.</param>
    /// <param name="beta">Factor of what dW holds: 0 (the default) writes it without reading, 1 adds.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or the gradient shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void BackwardWeight<T>(ConvolutionShape shape, Matrix<T> input, Matrix<T> upstream, Matrix<T> gradient, T beta = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, input, nameof(input), gradient, nameof(gradient), upstream, nameof(upstream));
        ThrowIfOverlaps(nameof(gradient), gradient, input, upstream, default);
        if (shape.IsProduct)
        {
            int rows = input.RowCount * shape.Input.Positions;
            MatrixProduct.Multiply(
                Transpose.Yes, Transpose.No, shape.WeightRows, shape.Output.Channels, rows, T.One, input.AsSpan(), rows, upstream.AsSpan(), rows, beta, gradient.AsSpan(),
                shape.WeightRows);
            return;
        }

        Beta.Apply(gradient.AsSpan(), beta);
        ConvolutionPass<T>.AddWeightGradient(shape.Forward, input.AsSpan(), upstream.AsSpan(), gradient.AsSpan(), input.RowCount);
    }

    /// <summary>The gradient by a bias, <c>db[m] ← Σ_n Σ_o dY[m, o] + β·db[m]</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The shape of a sample of dY.</param>
    /// <param name="upstream">dY <c>[N×(M·P)]</c>.</param>
    /// <param name="gradient">db <c>[1×M]</c>; shares no memory with dY.</param>
    /// <param name="beta">Factor of what db holds: 0 (the default) writes it without reading, 1 adds.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or the gradient shares memory with dY.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void BackwardBias<T>(SampleShape shape, Matrix<T> upstream, Matrix<T> gradient, T beta = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(upstream);
        ArgumentNullException.ThrowIfNull(gradient);
        OperandCheck.ThrowIfNotOfShape(upstream, upstream.RowCount, shape.Size, nameof(upstream));
        OperandCheck.ThrowIfNotOfShape(gradient, 1, shape.Channels, nameof(gradient));
        int rows = upstream.RowCount * shape.Positions;
        RowOperations.Sum(upstream.AsSpan(), rows, rows, gradient.AsSpan(), beta);
    }

    private static void ThrowIfWrong<T>(ConvolutionShape shape, Matrix<T> input, string inputName, Matrix<T> weight, string weightName, Matrix<T> output, string outputName)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(input, inputName);
        ArgumentNullException.ThrowIfNull(weight, weightName);
        ArgumentNullException.ThrowIfNull(output, outputName);
        OperandCheck.ThrowIfNotOfShape(input, input.RowCount, shape.Input.Size, inputName);
        OperandCheck.ThrowIfNotOfShape(weight, shape.WeightRows, shape.Output.Channels, weightName);
        OperandCheck.ThrowIfNotOfShape(output, input.RowCount, shape.Output.Size, outputName);
    }

    private static ReadOnlySpan<T> BiasOf<T>(Matrix<T>? bias, int channels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (bias is null)
        {
            return default;
        }

        OperandCheck.ThrowIfNotOfShape(bias, 1, channels, nameof(bias));
        return bias.AsSpan();
    }

    private static void ThrowIfOverlaps<T>(string name, Matrix<T> result, Matrix<T> first, Matrix<T> second, ReadOnlySpan<T> bias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfOverlaps<T>(name, result.AsSpan(), "the first operand", first.AsSpan());
        OperandCheck.ThrowIfOverlaps<T>(name, result.AsSpan(), "the second operand", second.AsSpan());
        OperandCheck.ThrowIfOverlaps(name, result.AsSpan(), nameof(bias), bias);
    }
}
