using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>One pass of an <see cref="IElementwiseOperation{T}"/> over arrays of equal length; long ones are shared among the threads.</summary>
/// <remarks>Arrays that are only read come first, in order, then those that are written. An array may stand for an input and an output at
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
    private Arrays<T> _inputs;
    private Arrays<T> _outputs;
    private int _length;

    /// <summary>A pass that reads one array and writes one.</summary>
    /// <param name="operation">The operation with its factors.</param>
    /// <param name="input">What is read.</param>
    /// <param name="output">What is written, and read where the operation does.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="InvalidOperationException">The operation declares other numbers of arrays.</exception>
    public static void Run(TOperation operation, ReadOnlySpan<T> input, Span<T> output)
    {
        ThrowUnlessDeclared(inputs: 1, outputs: 1);
        ThrowIfDiffers(output.Length, input.Length);
        fixed (T* pInput = input, pOutput = output)
        {
            Run(operation, new Arrays<T>(pInput), new Arrays<T>(pOutput), output.Length);
        }
    }

    /// <summary>A pass that reads two arrays and writes one.</summary>
    /// <inheritdoc cref="Run(TOperation, ReadOnlySpan{T}, Span{T})"/>
    public static void Run(TOperation operation, ReadOnlySpan<T> input, ReadOnlySpan<T> secondInput, Span<T> output)
    {
        ThrowUnlessDeclared(inputs: 2, outputs: 1);
        ThrowIfDiffers(output.Length, input.Length);
        ThrowIfDiffers(output.Length, secondInput.Length);
        fixed (T* pInput = input, pSecondInput = secondInput, pOutput = output)
        {
            Run(operation, new Arrays<T>(pInput, pSecondInput), new Arrays<T>(pOutput), output.Length);
        }
    }

    /// <summary>A pass that reads one array and writes two.</summary>
    /// <inheritdoc cref="Run(TOperation, ReadOnlySpan{T}, Span{T})"/>
    public static void Run(TOperation operation, ReadOnlySpan<T> input, Span<T> output, Span<T> secondOutput)
    {
        ThrowUnlessDeclared(inputs: 1, outputs: 2);
        ThrowIfDiffers(output.Length, input.Length);
        ThrowIfDiffers(output.Length, secondOutput.Length);
        fixed (T* pInput = input, pOutput = output, pSecondOutput = secondOutput)
        {
            Run(operation, new Arrays<T>(pInput), new Arrays<T>(pOutput, pSecondOutput), output.Length);
        }
    }

    /// <summary>A pass that reads one array and writes three.</summary>
    /// <inheritdoc cref="Run(TOperation, ReadOnlySpan{T}, Span{T})"/>
    public static void Run(TOperation operation, ReadOnlySpan<T> input, Span<T> output, Span<T> secondOutput, Span<T> thirdOutput)
    {
        ThrowUnlessDeclared(inputs: 1, outputs: 3);
        ThrowIfDiffers(output.Length, input.Length);
        ThrowIfDiffers(output.Length, secondOutput.Length);
        ThrowIfDiffers(output.Length, thirdOutput.Length);
        fixed (T* pInput = input, pOutput = output, pSecondOutput = secondOutput, pThirdOutput = thirdOutput)
        {
            Run(operation, new Arrays<T>(pInput), new Arrays<T>(pOutput, pSecondOutput, pThirdOutput), output.Length);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceLength;
        ElementwiseLoop<T, TOperation>.Run(
            _operation, _inputs.From(first), _outputs.From(first), Math.Min(PieceLength, _length - first));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run(TOperation operation, Arrays<T> inputs, Arrays<T> outputs, int length)
    {
        if (length < 2 * PieceLength)
        {
            ElementwiseLoop<T, TOperation>.Run(operation, inputs, outputs, length);
            return;
        }

        Share(operation, inputs, outputs, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Share(TOperation operation, Arrays<T> inputs, Arrays<T> outputs, int length)
    {
        ElementwisePass<T, TOperation> pass = _ofThread ??= new ElementwisePass<T, TOperation>();
        (pass._operation, pass._inputs, pass._outputs, pass._length) = (operation, inputs, outputs, length);
        WorkerPool.Shared.Run(pass, WorkPieces.Count(length, PieceLength));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThrowUnlessDeclared(int inputs, int outputs)
    {
        if (TOperation.Outputs != outputs || TOperation.Inputs != inputs)
        {
            ThrowCounts(inputs, outputs);
        }
    }

    private static void ThrowCounts(int inputs, int outputs) => throw new InvalidOperationException(
        $"{typeof(TOperation).Name} reads {TOperation.Inputs} arrays and writes {TOperation.Outputs} others, given are {inputs} and {outputs}.");

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
