using System.Numerics;
using NeuralNet.Core.Kernels.Attention;

namespace NeuralNet.Core.Operations;

/// <summary>Scaled dot-product attention, <c>O = softmax(Q·Kᵀ/√d)·V</c>, for all heads of all samples, and what brings a batch into the order that it is computed in.</summary>
/// <remarks>
/// <para><b>Panels.</b> A head of a sample is a panel <c>[T×d]</c>, column after column, its own run of memory, so that its products are computed in the nearest caches; in a batch the
/// steps of samples lie sample fastest, <c>[(N·T)×C]</c>. <see cref="ToHeads{T}"/> and <see cref="FromHeads{T}"/> go between the two.</para>
/// <para><b>Kept</b> for the backward pass are the probabilities, <c>[queries×keys]</c> a panel. Where nobody wants them, there are never more scores than those of a block of queries.</para>
/// <para>Work is shared by panels and blocks of queries, so the bits do not depend on threads. Nothing is allocated in steady state.</para>
/// <para><b>Source.</b> Vaswani and others (2017), equation 1. <b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static partial class AttentionOperations
{
    /// <summary><c>O = softmax(Q·Kᵀ/√d)·V</c>. A query that may look at no key gets zeros.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The panels.</param>
    /// <param name="query">Q, <c>[queries×d]</c> a panel.</param>
    /// <param name="key">K, <c>[keys×d]</c> a panel.</param>
    /// <param name="value">V, as K.</param>
    /// <param name="presence">For each key of each sample, <c>[N×keys]</c>, 0 where nobody looks at it (padding); empty where all are there.</param>
    /// <param name="probabilities">Receives the softmax, <c>[queries×keys]</c> a panel, for <see cref="Backward{T}"/>; empty where nobody wants it. Of a causal pass what no query of a
    /// block looks at is left as it was.</param>
    /// <param name="output">Receives O, <c>[queries×d]</c> a panel.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape, or what is written shares memory with what is read.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Forward<T>(
        AttentionShape shape, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> presence, Span<T> probabilities, Span<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, query, key, value, presence);
        ThrowIfLengthIsWrong<T>(nameof(output), output, query.Length, shape);
        if (!probabilities.IsEmpty)
        {
            ThrowIfLengthIsWrong<T>(nameof(probabilities), probabilities, ScoresOf(shape), shape);
            ThrowIfOverlaps(nameof(probabilities), probabilities, query, key, value);
            OperandCheck.ThrowIfOverlaps<T>(nameof(probabilities), probabilities, nameof(output), output);
            OperandCheck.ThrowIfOverlaps(nameof(probabilities), probabilities, nameof(presence), presence);
        }

        ThrowIfOverlaps(nameof(output), output, query, key, value);
        OperandCheck.ThrowIfOverlaps(nameof(output), output, nameof(presence), presence);
        if (shape.Samples > 0)
        {
            AttentionForward<T>.Run(shape, query, key, value, presence, probabilities, output);
        }
    }

    /// <summary>The gradients of <see cref="Forward{T}"/>: with <c>P</c> the softmax, <c>dV = Pᵀ·dO</c>, <c>dP = dO·Vᵀ</c>, <c>dS = P ∗ (dP − rowsum(dP ∗ P))</c>,
    /// <c>dQ = dS·K/√d</c>, <c>dK = dSᵀ·Q/√d</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="shape">The panels; keys without room for more.</param>
    /// <param name="query">Q.</param>
    /// <param name="key">K.</param>
    /// <param name="value">V.</param>
    /// <param name="probabilities">P, as the forward pass left it.</param>
    /// <param name="upstream">dO, <c>[queries×d]</c> a panel.</param>
    /// <param name="queryGradient">Receives dQ.</param>
    /// <param name="keyGradient">Receives dK.</param>
    /// <param name="valueGradient">Receives dV.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape, or what is written shares memory with what is read.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Backward<T>(
        AttentionShape shape, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> probabilities, ReadOnlySpan<T> upstream,
        Span<T> queryGradient, Span<T> keyGradient, Span<T> valueGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfWrong(shape, query, key, value, default);
        if (shape.KeyStride != shape.Keys)
        {
            throw new ArgumentException($"The backward pass takes keys without room between them, got {shape.KeyStride} elements from column to column of {shape.Keys} keys.", nameof(shape));
        }

        ThrowIfLengthIsWrong(nameof(probabilities), probabilities, ScoresOf(shape), shape);
        ThrowIfLengthIsWrong(nameof(upstream), upstream, query.Length, shape);
        ThrowIfNotGradient(nameof(queryGradient), queryGradient, query.Length, shape, query, key, value, probabilities, upstream);
        ThrowIfNotGradient(nameof(keyGradient), keyGradient, key.Length, shape, query, key, value, probabilities, upstream);
        ThrowIfNotGradient(nameof(valueGradient), valueGradient, key.Length, shape, query, key, value, probabilities, upstream);
        ThrowIfOverlaps<T>(nameof(queryGradient), queryGradient, keyGradient, valueGradient, default);
        OperandCheck.ThrowIfOverlaps<T>(nameof(keyGradient), keyGradient, nameof(valueGradient), valueGradient);
        if (shape.Samples > 0)
        {
            AttentionBackward<T>.Run(shape, query, key, value, probabilities, upstream, queryGradient, keyGradient, valueGradient);
        }
    }

    private static int ScoresOf(AttentionShape shape) => checked(shape.Panels * shape.Queries * shape.Keys);

    private static void ThrowIfNotGradient<T>(
        string name, ReadOnlySpan<T> gradient, int length, AttentionShape shape, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value,
        ReadOnlySpan<T> probabilities, ReadOnlySpan<T> upstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfLengthIsWrong(name, gradient, length, shape);
        ThrowIfOverlaps(name, gradient, query, key, value);
        OperandCheck.ThrowIfOverlaps(name, gradient, nameof(probabilities), probabilities);
        OperandCheck.ThrowIfOverlaps(name, gradient, nameof(upstream), upstream);
    }

    private static void ThrowIfOverlaps<T>(string name, ReadOnlySpan<T> result, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfOverlaps(name, result, "what belongs to queries or keys", query);
        OperandCheck.ThrowIfOverlaps(name, result, "what belongs to keys", key);
        OperandCheck.ThrowIfOverlaps(name, result, "what belongs to values", value);
    }

    private static void ThrowIfWrong<T>(AttentionShape shape, ReadOnlySpan<T> query, ReadOnlySpan<T> key, ReadOnlySpan<T> value, ReadOnlySpan<T> presence)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        if (shape.Samples < 0 || shape.Heads < 1 || shape.Queries < 1 || shape.Keys < 1 || shape.Width < 1 || shape.KeyStride < shape.Keys || (shape.IsCausal && shape.Keys < shape.Queries))
        {
            throw new ArgumentException($"Attention needs heads, queries, keys and a width of 1 or more, and causal no fewer keys than queries; got {shape}.", nameof(shape));
        }

        ThrowIfLengthIsWrong(nameof(query), query, checked(shape.Panels * shape.Queries * shape.Width), shape);
        ThrowIfLengthIsWrong(nameof(key), key, checked(shape.Panels * shape.KeyStep), shape);
        ThrowIfLengthIsWrong(nameof(value), value, key.Length, shape);
        if (!presence.IsEmpty)
        {
            ThrowIfLengthIsWrong(nameof(presence), presence, checked(shape.Samples * shape.Keys), shape);
        }
    }

    private static void ThrowIfLengthIsWrong<T>(string name, ReadOnlySpan<T> memory, int length, AttentionShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (memory.Length != length)
        {
            throw new ArgumentException($"{name} must have {length} elements for {shape}, got {memory.Length}.", name);
        }
    }
}
