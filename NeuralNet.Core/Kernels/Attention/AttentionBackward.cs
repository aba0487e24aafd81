using System.Numerics;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Samples;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Kernels.Attention;

/// <summary>The gradients by Q, K and V of each panel: <c>dV = Pᵀ·dO</c>, <c>dP = dO·Vᵀ</c>, <c>dS = P ∗ (dP − rowsum(dP ∗ P))</c>, <c>dQ = dS·K/√d</c>,
/// <c>dK = dSᵀ·Q/√d</c>.</summary>
/// <remarks>A piece of work is a panel, whose blocks of queries are gone through from the last, which looks at all keys, to the first: the last writes dK and dV, the others add.</remarks>
internal sealed unsafe class AttentionBackward<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Multiply-adds below which sharing costs more than it saves.
    private const long LeastShared = 64 * 1024;

    [ThreadStatic]
    private static AttentionBackward<T>? _ofThread;

    [ThreadStatic]
    private static AlignedBuffer<T>? _scratchOfThread;

    private AttentionPanels<T> _panels;
    private T* _probabilities, _upstream, _query, _key, _value;

    /// <summary>Does the pass. Keys and values are one panel after another, without room between.</summary>
    /// <param name="shape">The panels; one at least.</param>
    /// <param name="query">Q.</param>
    /// <param name="key">K.</param>
    /// <param name="value">V.</param>
    /// <param name="probabilities">P, as the forward pass wrote it.</param>
    /// <param name="upstream">dO.</param>
    /// <param name="queryGradient">Receives dQ.</param>
    /// <param name="keyGradient">Receives dK.</param>
    /// <param name="valueGradient">Receives dV.</param>
    public static void Run(
        in AttentionShape shape, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> probabilities, ReadOnlySpan<T> upstream,
        Span<T> queryGradient, Span<T> keyGradient, Span<T> valueGradient)
    {
        fixed (T* pQuery = query, pKey = key, pValue = value, pProbabilities = probabilities, pUpstream = upstream)
        fixed (T* pQueryGradient = queryGradient, pKeyGradient = keyGradient, pValueGradient = valueGradient)
        {
            AttentionBackward<T> work = _ofThread ??= new AttentionBackward<T>();
            work._panels = new AttentionPanels<T>(shape, (nint)pQuery, (nint)pKey, (nint)pValue, 0);
            work._probabilities = pProbabilities;
            work._upstream = pUpstream;
            work._query = pQueryGradient;
            work._key = pKeyGradient;
            work._value = pValueGradient;
            WorkerPool.Shared.Run(work, shape.Panels, 5 * work._panels.Operations >= LeastShared);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int block = _panels.Blocks - 1;
        DoBlock(piece, block, T.Zero);
        while (--block >= 0)
        {
            DoBlock(piece, block, T.One);
        }
    }

    private void DoBlock(int panel, int block, T beta)
    {
        (int queries, int width, int first) = (_panels.Shape.Queries, _panels.Shape.Width, block * _panels.BlockLength);
        int count = Math.Min(_panels.BlockLength, queries - first), keys = _panels.KeysOf(first + count);
        (WorkerPool pool, nint keyStride, nint ofQueries, nint ofKeys) =
            (WorkerPool.Shared, _panels.Shape.KeyStride, ((nint)panel * queries * width) + first, panel * (nint)_panels.Shape.KeyStep);
        T* p = _probabilities + ((nint)panel * queries * _panels.Shape.Keys) + first, upstream = _upstream + ofQueries;

        // As far apart as P, so that both are gone over together.
        T* scores = (_scratchOfThread ??= new AlignedBuffer<T>()).Get((long)queries * keys);
        Multiply(keys, width, count, T.One, new(p, queries, isStepContiguous: true), new(upstream, queries, isStepContiguous: true), beta, _value + ofKeys, keyStride);
        Multiply(
            count, keys, width, T.One, new(upstream, queries, isStepContiguous: false), new(_panels.ValueOf(panel), keyStride, isStepContiguous: false), T.Zero, scores, queries);
        BlockRows<T, SoftmaxBackward<T>>.Run(scores, p, scores, count, keys, queries);
        Multiply(
            count, width, keys, _panels.Scale, new(scores, queries, isStepContiguous: false), new(_panels.KeyOf(panel), keyStride, isStepContiguous: true), T.Zero,
            _query + ofQueries, queries);
        Multiply(
            keys, width, count, _panels.Scale, new(scores, queries, isStepContiguous: true), new(_panels.QueryOf(panel) + first, queries, isStepContiguous: true), beta,
            _key + ofKeys, keyStride);

        void Multiply(int rows, int columns, int inner, T alpha, Operand<T> a, Operand<T> b, T factor, T* c, nint stride) =>
            AttentionPanels<T>.Product(rows, columns, inner, alpha, a, b, factor, c, stride).Run(Processor.WidestVector, pool);
    }
}
