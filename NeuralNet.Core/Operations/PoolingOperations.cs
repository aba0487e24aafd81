using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Pooling;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Operations;

/// <summary>The largest, the sum or the mean of each window of the positions of samples, channel by channel, and the gradients.</summary>
/// <remarks>
/// <para>Padding is no input: the largest is one of those that there are. Large ones are shared among the threads, with the same bits at any number of them. Nothing is
/// allocated in steady state.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class PoolingOperations
{
    /// <summary><c>y[c, o] ← max_k x[c, o·s − p + k]</c>; NaN where one of them is.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="input">X <c>[N×(C·H·W)]</c>.</param>
    /// <param name="output">Y <c>[N×(C·H'·W')]</c>; shares no memory with X.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Max<T>(PoolingShape shape, Matrix<T> input, Matrix<T> output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, input, nameof(input), output, nameof(output));
        OperandCheck.ThrowIfOverlaps<T>(nameof(output), output.AsSpan(), nameof(input), input.AsSpan());
        PoolingPass<T, Yes>.Forward(shape, T.One, input.AsSpan(), output.AsSpan(), input.RowCount);
    }

    /// <summary>The gradient of <see cref="Max"/>: each dY goes to the largest input of its window, in equal parts where several are as large.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="upstream">dY <c>[N×(C·H'·W')]</c>.</param>
    /// <param name="input">X <c>[N×(C·H·W)]</c>.</param>
    /// <param name="output">Y, what <see cref="Max"/> gave for it.</param>
    /// <param name="downstream">dX <c>[N×(C·H·W)]</c>; written; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or the result shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void MaxBackward<T>(PoolingShape shape, Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Matrix<T> downstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, downstream, nameof(downstream), upstream, nameof(upstream));
        ThrowIfWrong(shape, input, nameof(input), output, nameof(output));
        OperandCheck.ThrowIfShapeDiffers(downstream, nameof(downstream), input, nameof(input));
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream.AsSpan(), nameof(upstream), upstream.AsSpan());
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream.AsSpan(), nameof(input), input.AsSpan());
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream.AsSpan(), nameof(output), output.AsSpan());
        PoolingPass<T, Yes>.Backward(shape, T.One, input.AsSpan(), output.AsSpan(), upstream.AsSpan(), downstream.AsSpan(), input.RowCount);
    }

    /// <summary><c>y[c, o] ← Σ_k x[c, o·s − p + k] / divisor</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="input">X <c>[N×(C·H·W)]</c>.</param>
    /// <param name="output">Y <c>[N×(C·H'·W')]</c>; shares no memory with X.</param>
    /// <param name="divisor">1 for sums, the elements of the window for means that take padding for zeros, null for means of the inputs that there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is below 1.</exception>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Sum<T>(PoolingShape shape, Matrix<T> input, Matrix<T> output, int? divisor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, input, nameof(input), output, nameof(output));
        OperandCheck.ThrowIfOverlaps<T>(nameof(output), output.AsSpan(), nameof(input), input.AsSpan());
        PoolingPass<T, No>.Forward(shape, Divisor<T>(divisor), input.AsSpan(), output.AsSpan(), input.RowCount);
    }

    /// <summary>The gradient of <see cref="Sum"/>: each input gets dY/divisor of each of its windows.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="upstream">dY <c>[N×(C·H'·W')]</c>.</param>
    /// <param name="downstream">dX <c>[N×(C·H·W)]</c>; written; shares no memory with dY.</param>
    /// <param name="divisor">As forward.</param>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is below 1.</exception>
    /// <exception cref="ArgumentException">A shape does not fit, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void SumBackward<T>(PoolingShape shape, Matrix<T> upstream, Matrix<T> downstream, int? divisor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, downstream, nameof(downstream), upstream, nameof(upstream));
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream.AsSpan(), nameof(upstream), upstream.AsSpan());
        PoolingPass<T, No>.Backward(shape, Divisor<T>(divisor), default, default, upstream.AsSpan(), downstream.AsSpan(), upstream.RowCount);
    }

    private static T Divisor<T>(int? divisor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(divisor ?? 1, 1, nameof(divisor));
        return T.CreateChecked(divisor ?? 0);
    }

    private static void ThrowIfWrong<T>(PoolingShape shape, Matrix<T> input, string inputName, Matrix<T> output, string outputName)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(input, inputName);
        ArgumentNullException.ThrowIfNull(output, outputName);
        OperandCheck.ThrowIfNotOfShape(input, input.RowCount, shape.Input.Size, inputName);
        OperandCheck.ThrowIfNotOfShape(output, input.RowCount, shape.Output.Size, outputName);
    }
}
