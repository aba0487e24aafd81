using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>A table of vectors that are learned, one for each word: each index of the input becomes the row of the table that it names.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×K]</c>, whole numbers from 0 to V − 1; W <c>[V×D]</c>; Y <c>[N×(D·K)]</c>, D channels at K positions: feature <c>c·K + p</c> is entry c of the
/// vector of word p. In memory that is <c>[(N·K)×D]</c>, a word in a row.</para>
/// <para><b>Gradients.</b> Row <c>X_ip</c> of dW gets position p of row i of dY; rows that are named more than once add up. They are handed over as rows
/// (<see cref="Parameter{T}.AddRowsToGradient"/>), so a step costs what the batch touches. An index has no gradient: dX is zeros where somebody asks. To check the
/// layer's gradients, use <see cref="NeuralNet.Core.Differentiation.DifferentiableFunction{T}.OfParameters"/>.</para>
/// <para><b>Padding.</b> The row of the padding index is zero at first and gets no gradient, so it stays as it is.</para>
/// <para><b>Cached.</b> The indices, as whole numbers. <b>Parameters.</b> <c>weight</c>: W, regularised.</para>
/// <para><b>Source.</b> CS224n lectures 1 and 3; Collobert and others (2011), section 3.2.1. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Embedding<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int IndicesSlot = 2, RowsSlot = 3, KeptSlot = 4;

    // What a float counts to without a gap.
    private const int LargestOfFloat = 1 << 24;

    /// <summary>A table of random vectors.</summary>
    /// <param name="vocabulary">V, words, 1 or more; in float at most 2²⁴ = 16,777,216, above which it has not every whole number.</param>
    /// <param name="size">D, entries of a vector, 1 or more.</param>
    /// <param name="random">The generator that the vectors are drawn from.</param>
    /// <param name="paddingIndex">The index that stands for no word, from 0 to V − 1; null, the default, for none.</param>
    /// <param name="initializer">How the vectors are drawn; by default from N(0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range, or V·D is more than an array holds.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Embedding(int vocabulary, int size, Random random, int? paddingIndex = null, Initializer? initializer = null)
        : this((initializer ?? new Normal(1)).Weight<T>(vocabulary, size, random), paddingIndex)
    {
        if (PaddingIndex is int padding)
        {
            for (int column = 0; column < size; column++)
            {
                Weight.Value[padding, column] = T.Zero;
            }
        }
    }

    /// <summary>A table of given vectors, such as ones learned before.</summary>
    /// <param name="weight">W <c>[V×D]</c>, dense, a word in a row; used, not copied. The row of the padding index is left as it is.</param>
    /// <param name="paddingIndex">The index that stands for no word, from 0 to V − 1; null, the default, for none.</param>
    /// <exception cref="ArgumentException">The table is empty or not dense.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The padding index names no row, or there are more words than T can count.</exception>
    public Embedding(Matrix<T> weight, int? paddingIndex = null)
    {
        Weight = new Parameter<T>(weight);
        int vocabulary = weight.RowCount;
        if (typeof(T) == typeof(float) && vocabulary > LargestOfFloat)
        {
            throw new ArgumentOutOfRangeException(
                nameof(weight), vocabulary, $"An Embedding in float has at most {LargestOfFloat} words, got {vocabulary}: above, a float has not every whole number.");
        }

        if (paddingIndex is int padding && (uint)padding >= (uint)vocabulary)
        {
            throw new ArgumentOutOfRangeException(nameof(paddingIndex), padding, $"The padding index of an Embedding of {vocabulary} words is one of them, 0 to {vocabulary - 1}.");
        }

        PaddingIndex = paddingIndex;
        OwnParameters = [new("weight", Weight)];
    }

    /// <summary>W <c>[V×D]</c>, a word in a row.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>The index that stands for no word, or null.</summary>
    public int? PaddingIndex { get; }

    /// <summary><c>Embedding(10000 × 50)</c>, with the padding index if there is one.</summary>
    public override string Name => $"Embedding({Weight.Value.RowCount} × {Weight.Value.ColumnCount}{(PaddingIndex is int padding ? $", padding {padding}" : "")})";

    /// <inheritdoc/>
    public override GateDescription Description => PaddingIndex is int padding
        ? new(Kind, ("vocabulary", Weight.Value.RowCount), ("size", Weight.Value.ColumnCount), ("paddingIndex", padding))
        : new(Kind, ("vocabulary", Weight.Value.RowCount), ("size", Weight.Value.ColumnCount));

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    /// <summary>D channels, at a position for each index of a sample: K of a vector of K, those of an image or a sequence of one channel.</summary>
    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => input switch
    {
        null => null,
        { Rank: 0, Channels: int words } => SampleShape.Sequence(Weight.Value.ColumnCount, words),
        { Channels: 1 } shape => shape.WithChannels(Weight.Value.ColumnCount),
        _ => throw new ArgumentException($"{this} expects samples of indices, a vector or one channel, got {input}.", nameof(input)),
    };

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Span<int> indices = Integers(cache, IndicesSlot, input);
        Read(input, indices);
        Matrix<T> output = cache.Buffer(0, input.RowCount, checked(input.ColumnCount * Weight.Value.ColumnCount));
        RowOperations.Gather<T>(Weight.Value.AsSpan(), Weight.Value.RowCount, indices, output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        ReadOnlySpan<int> indices = Integers(cache, IndicesSlot, input);
        if (PaddingIndex is int padding && indices.Contains(padding))
        {
            AddWithoutPadding(upstream, input, indices, padding, cache);
        }
        else
        {
            Weight.AddRowsToGradientFromMemory(indices, upstream.AsSpan());
        }

        if (!isInputWanted)
        {
            return null;
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        downstream.AsSpan().Clear();
        return downstream;
    }

    // Room for a whole number for each index, in a buffer of the cache: an element has four bytes or eight.
    private static Span<int> Integers(Cache<T> cache, int slot, Matrix<T> input) =>
        MemoryMarshal.Cast<T, int>(cache.Buffer(slot, input.RowCount, input.ColumnCount).AsSpan())[..(input.RowCount * input.ColumnCount)];

    private void Read(Matrix<T> input, Span<int> indices)
    {
        ReadOnlySpan<T> numbers = input.AsSpan();
        int vocabulary = Weight.Value.RowCount;
        for (int i = 0; i < numbers.Length; i++)
        {
            // NaN and what is too large for an int come back as another number, or beyond the table.
            int index = int.CreateTruncating(numbers[i]);
            if ((uint)index >= (uint)vocabulary || T.CreateTruncating(index) != numbers[i])
            {
                throw new ArgumentException(
                    $"{this} expects whole numbers from 0 to {vocabulary - 1}, the words of its table, got {numbers[i]} at row {i % input.RowCount}, column {i / input.RowCount}.", nameof(input));
            }

            indices[i] = index;
        }
    }

    // The rows of words, closed up, with what they belong to.
    private void AddWithoutPadding(Matrix<T> upstream, Matrix<T> input, ReadOnlySpan<int> indices, int padding, Cache<T> cache)
    {
        Span<int> positions = Integers(cache, RowsSlot, input);
        int count = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] != padding)
            {
                positions[count++] = i;
            }
        }

        Span<T> kept = cache.Buffer(KeptSlot, upstream.RowCount, upstream.ColumnCount).AsSpan()[..(count * Weight.Value.ColumnCount)];
        RowOperations.Gather(upstream.AsSpan(), indices.Length, positions[..count], kept);
        foreach (ref int position in positions[..count])
        {
            position = indices[position];
        }

        Weight.AddRowsToGradientFromMemory(positions[..count], kept);
    }
}
