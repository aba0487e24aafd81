using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>One pass of an <see cref="IElementwiseOperation{T}"/> over arrays of equal length; long ones are shared among the threads.</summary>
/// <remarks>Arrays that are written come first, in order, then those that are only read. An array may stand for an output and an input at
/// once; arrays that overlap in another way give undefined results.</remarks>
internal sealed unsafe class ElementwisePass<T, TOperation> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperation : struct, IElementwiseOperation<T>
{
    // Elements in a piece of work: enough to be worth handing to another thread, few enough to share evenly.
    private static int PieceLength => TOperation.IsCostly ? 2 * 1024 : 16 * 1024;

    [ThreadStatic]
    private static ElementwisePass<T, TOperation>? _ofThread;

    private TOperation _operation;
    private Arrays<T> _outputs;
    private Arrays<T> _inputs;
    private int _length;

    /// <summary>A pass that writes one array and reads one.</summary>
    /// <param name="operation">The operation with its factors.</param>
    /// <param name="output">What is written, and read where the operation does.</param>
    /// <param name="input">What is read.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="InvalidOperationException">The operation declares other numbers of arrays.</exception>
    public static void Run(TOperation operation, Span<T> output, ReadOnlySpan<T> input)
    {
        ThrowUnlessDeclared(outputs: 1, inputs: 1);
        ThrowIfDiffers(output.Length, input.Length);
        fixed (T* pOutput = output, pInput = input)
        {
            Run(operation, new Arrays<T>(pOutput), new Arrays<T>(pInput), output.Length);
        }
    }

    /// <summary>A pass that writes one array and reads two.</summary>
    /// <inheritdoc cref="Run(TOperation, Span{T}, ReadOnlySpan{T})"/>
    public static void Run(TOperation operation, Span<T> output, ReadOnlySpan<T> input, ReadOnlySpan<T> secondInput)
    {
        ThrowUnlessDeclared(outputs: 1, inputs: 2);
        ThrowIfDiffers(output.Length, input.Length);
        ThrowIfDiffers(output.Length, secondInput.Length);
        fixed (T* pOutput = output, pInput = input, pSecondInput = secondInput)
        {
            Run(operation, new Arrays<T>(pOutput), new Arrays<T>(pInput, pSecondInput), output.Length);
        }
    }

    /// <summary>A pass that writes two arrays and reads one.</summary>
    /// <inheritdoc cref="Run(TOperation, Span{T}, ReadOnlySpan{T})"/>
    public static void Run(TOperation operation, Span<T> output, Span<T> secondOutput, ReadOnlySpan<T> input)
    {
        ThrowUnlessDeclared(outputs: 2, inputs: 1);
        ThrowIfDiffers(output.Length, secondOutput.Length);
        ThrowIfDiffers(output.Length, input.Length);
        fixed (T* pOutput = output, pSecondOutput = secondOutput, pInput = input)
        {
            Run(operation, new Arrays<T>(pOutput, pSecondOutput), new Arrays<T>(pInput), output.Length);
        }
    }

    /// <summary>A pass that writes three arrays and reads one.</summary>
    /// <inheritdoc cref="Run(TOperation, Span{T}, ReadOnlySpan{T})"/>
    public static void Run(TOperation operation, Span<T> output, Span<T> secondOutput, Span<T> thirdOutput, ReadOnlySpan<T> input)
    {
        ThrowUnlessDeclared(outputs: 3, inputs: 1);
        ThrowIfDiffers(output.Length, secondOutput.Length);
        ThrowIfDiffers(output.Length, thirdOutput.Length);
        ThrowIfDiffers(output.Length, input.Length);
        fixed (T* pOutput = output, pSecondOutput = secondOutput, pThirdOutput = thirdOutput, pInput = input)
        {
            Run(operation, new Arrays<T>(pOutput, pSecondOutput, pThirdOutput), new Arrays<T>(pInput), output.Length);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceLength;
        ElementwiseLoop<T, TOperation>.Run(
            _operation, _outputs.From(first), _inputs.From(first), Math.Min(PieceLength, _length - first));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run(TOperation operation, Arrays<T> outputs, Arrays<T> inputs, int length)
    {
        if (length < 2 * PieceLength)
        {
            ElementwiseLoop<T, TOperation>.Run(operation, outputs, inputs, length);
            return;
        }

        Share(operation, outputs, inputs, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Share(TOperation operation, Arrays<T> outputs, Arrays<T> inputs, int length)
    {
        ElementwisePass<T, TOperation> pass = _ofThread ??= new ElementwisePass<T, TOperation>();
        (pass._operation, pass._outputs, pass._inputs, pass._length) = (operation, outputs, inputs, length);
        WorkerPool.Shared.Run(pass, ((length - 1) / PieceLength) + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThrowUnlessDeclared(int outputs, int inputs)
    {
        if (TOperation.Outputs != outputs || TOperation.Inputs != inputs)
        {
            ThrowCounts(outputs, inputs);
        }
    }

    private static void ThrowCounts(int outputs, int inputs) => throw new InvalidOperationException(
        $"{typeof(TOperation).Name} writes {TOperation.Outputs} arrays and reads {TOperation.Inputs} others, given are {outputs} and {inputs}.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThrowIfDiffers(int length, int other)
    {
        if (other != length)
        {
            ThrowLengths(length, other);
        }
    }

    private static void ThrowLengths(int length, int other) =>
        throw new ArgumentException($"Element-wise operations need spans of equal length, got {length} and {other}.");
}
