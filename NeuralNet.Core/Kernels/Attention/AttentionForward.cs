using System.Numerics;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Kernels.Attention;

/// <summary><c>P = softmax(Q·Kᵀ/√d)</c>, <c>O = P·V</c> for each panel, a block of queries after another, so that the scores stay in the nearest caches.</summary>
/// <remarks>A piece of work is a block of a panel, and each is computed in one order: the bits do not depend on threads.</remarks>
internal sealed unsafe class AttentionForward<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Multiply-adds below which sharing costs more than it saves.
    private const long LeastShared = 64 * 1024;

    [ThreadStatic]
    private static AttentionForward<T>? _ofThread;

    [ThreadStatic]
    private static AlignedBuffer<T>? _scratchOfThread;

    private AttentionPanels<T> _panels;
    private T* _probabilities;
    private T* _output;

    /// <summary>Does the pass.</summary>
    /// <param name="shape">The panels; one at least.</param>
    /// <param name="query">Q.</param>
    /// <param name="key">K.</param>
    /// <param name="value">V.</param>
    /// <param name="presence">0 for keys that are hidden, <c>[N×keys]</c>; empty where none is.</param>
    /// <param name="probabilities">P, <c>[queries×keys]</c> a panel, to be kept; empty where nobody wants it. Of a causal pass what lies behind the block on the diagonal is not written.</param>
    /// <param name="output">O, <c>[queries×d]</c> a panel.</param>
    public static void Run(
        in AttentionShape shape, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> presence, Span<T> probabilities, Span<T> output)
    {
        fixed (T* pQuery = query, pKey = key, pValue = value, pPresence = presence, pProbabilities = probabilities, pOutput = output)
        {
            AttentionForward<T> work = _ofThread ??= new AttentionForward<T>();
            work._panels = new AttentionPanels<T>(shape, (nint)pQuery, (nint)pKey, (nint)pValue, (nint)pPresence);
            work._probabilities = pProbabilities;
            work._output = pOutput;
            WorkerPool.Shared.Run(work, checked(shape.Panels * work._panels.Blocks), 2 * work._panels.Operations >= LeastShared);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        (int queries, int width, int blockLength) = (_panels.Shape.Queries, _panels.Shape.Width, _panels.BlockLength);
        int panel = piece / _panels.Blocks, first = piece % _panels.Blocks * blockLength;
        int count = Math.Min(blockLength, queries - first), keys = _panels.KeysOf(first + count);
        nint stride = _probabilities is null ? count : queries;
        T* scores = _probabilities is null
            ? (_scratchOfThread ??= new AlignedBuffer<T>()).Get((long)count * keys)
            : _probabilities + ((nint)panel * queries * _panels.Shape.Keys) + first;
        (WorkerPool pool, nint keyStride) = (WorkerPool.Shared, _panels.Shape.KeyStride);
        AttentionPanels<T>.Product(
            count, keys, width, _panels.Scale, new Operand<T>(_panels.QueryOf(panel) + first, queries, isStepContiguous: false),
            new Operand<T>(_panels.KeyOf(panel), keyStride, isStepContiguous: false), T.Zero, scores, stride).Run(Processor.WidestVector, pool);
        _panels.Hide(scores, stride, panel, first, count, keys);
        BlockRows<T, HiddenSoftmax<T>>.Run(scores, null, scores, count, keys, stride);
        AttentionPanels<T>.Product(
            count, width, keys, T.One, new Operand<T>(scores, stride, isStepContiguous: false),
            new Operand<T>(_panels.ValueOf(panel), keyStride, isStepContiguous: true), T.Zero,
            _output + ((nint)panel * queries * width) + first, queries).Run(Processor.WidestVector, pool);
    }
}
