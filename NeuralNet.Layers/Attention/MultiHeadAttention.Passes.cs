using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Attention;

/// <content>The passes. Part 0 of a cache is the projection of the heads, part 1 that of the input.</content>
public sealed partial class MultiHeadAttention<T>
{
    private const int AttendedSlot = 2, PanelsSlot = 3, OutputPanelsSlot = 4, ProbabilitiesSlot = 5, UpstreamPanelsSlot = 6, GradientPanelsSlot = 7, GradientSlot = 8;

    // Of steps taken one by one: keys and values of all so far, and how many they are.
    private const int KeysSlot = 9, HeldSlot = 10;

    /// <inheritdoc/>
    internal override Matrix<T> ForwardRows(Matrix<T> rows, int samples, Matrix<T>? presence, Cache<T> cache)
    {
        Matrix<T> projected = _in.Forward(rows, cache[1]), attended = cache.Buffer(AttendedSlot, rows.RowCount, Width);
        if (samples > 0)
        {
            AttentionShape shape = ShapeOf(rows, samples);
            ReadOnlySpan<T> panels = Panels(projected, samples, 0, cache);
            Span<T> probabilities = cache.Keeps ? Probabilities(shape, cache) : default;
            int part = panels.Length / 3;
            Span<T> output = samples == 1 ? attended.AsSpan() : cache.Buffer(OutputPanelsSlot, rows.RowCount, Width).AsSpan();
            AttentionOperations.Forward(shape, panels[..part], panels[part..(2 * part)], panels[(2 * part)..], presence is null ? default : presence.AsSpan(), probabilities, output);
            Collect(output, samples, attended);
        }

        return _out.Forward(attended, cache[0]);
    }

    /// <inheritdoc/>
    internal override Matrix<T>? BackwardRows(Matrix<T> upstream, int samples, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> attended = _out.Backward(upstream, cache[0]), gradient = cache.Buffer(GradientSlot, upstream.RowCount, 3 * Width);
        if (samples > 0)
        {
            AttentionShape shape = ShapeOf(upstream, samples);
            bool areSame = ArePanels(samples);
            ReadOnlySpan<T> panels = areSame ? cache[1].Buffer(0, upstream.RowCount, 3 * Width).AsSpan() : cache.Buffer(PanelsSlot, upstream.RowCount, 3 * Width).AsSpan();
            Span<T> ofPanels = areSame ? gradient.AsSpan() : cache.Buffer(GradientPanelsSlot, upstream.RowCount, 3 * Width).AsSpan();
            Span<T> ofOutput = attended.AsSpan();
            if (samples > 1)
            {
                ofOutput = cache.Buffer(UpstreamPanelsSlot, upstream.RowCount, Width).AsSpan();
                AttentionOperations.ToHeads<T>(attended.AsSpan(), samples, Width, HeadWidth, ofOutput);
            }

            int part = panels.Length / 3;
            AttentionOperations.Backward(
                shape, panels[..part], panels[part..(2 * part)], panels[(2 * part)..], Probabilities(shape, cache), ofOutput, ofPanels[..part], ofPanels[part..(2 * part)], ofPanels[(2 * part)..]);
            _angles?.Turn(ofPanels[..(2 * part)], 2 * shape.Panels, 0, isBack: true);
            if (!areSame)
            {
                AttentionOperations.FromHeads<T>(ofPanels, samples, 3 * Width, HeadWidth, gradient.AsSpan());
            }
        }

        if (isInputWanted)
        {
            return _in.Backward(gradient, cache[1]);
        }

        _in.Backward(gradient, Wanted.None, cache[1]);
        return null;
    }

    /// <inheritdoc/>
    internal override Matrix<T> StepRows(Matrix<T> rows, int samples, int position, Cache<T> cache)
    {
        Matrix<T> projected = _in.Forward(rows, cache[1]), attended = cache.Buffer(AttendedSlot, rows.RowCount, Width);
        if (samples == 0)
        {
            return _out.Forward(attended, cache[0]);
        }

        int context = Context!.Value, length = rows.RowCount / samples;
        ThrowIfTooLong(position + length, nameof(rows));
        Span<T> keys = cache.Buffer(KeysSlot, context, checked(2 * Width * samples)).AsSpan(), held = cache.Buffer(HeldSlot, samples, 1).AsSpan();
        if (position > int.CreateChecked(held[0]))
        {
            throw new InvalidOperationException($"{this} was given step {position} of {samples} sequences, but the cache holds the {held[0]} before it: begin at 0, and go on without a gap.");
        }

        ReadOnlySpan<T> panels = Panels(projected, samples, position, cache);
        int part = panels.Length / 3;
        for (int column = 0; column < 2 * Width * samples; column++)
        {
            panels.Slice(part + (column * length), length).CopyTo(keys[((column * context) + position)..]);
        }

        held[0] = T.CreateChecked(position + length);
        var shape = new AttentionShape(samples, Heads, length, position + length, HeadWidth, IsCausal: true) { KeyStride = context };
        Span<T> output = samples == 1 ? attended.AsSpan() : cache.Buffer(OutputPanelsSlot, rows.RowCount, Width).AsSpan();
        AttentionOperations.Forward<T>(shape, panels[..part], keys[..(keys.Length / 2)], keys[(keys.Length / 2)..], default, default, output);
        Collect(output, samples, attended);
        return _out.Forward(attended, cache[0]);
    }

    private AttentionShape ShapeOf(Matrix<T> rows, int samples) => new(samples, Heads, rows.RowCount / samples, rows.RowCount / samples, HeadWidth, IsCausal);

    // Of one sample the columns are panels already; those that are turned are turned elsewhere, since an output stays what it was.
    private bool ArePanels(int samples) => samples == 1 && _angles is null;

    private static Span<T> Probabilities(AttentionShape shape, Cache<T> cache) =>
        cache.Buffer(ProbabilitiesSlot, checked(shape.Queries * shape.Keys), shape.Panels).AsSpan();

    private Span<T> Panels(Matrix<T> projected, int samples, int position, Cache<T> cache)
    {
        if (ArePanels(samples))
        {
            return projected.AsSpan();
        }

        Span<T> panels = cache.Buffer(PanelsSlot, projected.RowCount, projected.ColumnCount).AsSpan();
        AttentionOperations.ToHeads<T>(projected.AsSpan(), samples, 3 * Width, HeadWidth, panels);
        _angles?.Turn(panels[..(panels.Length / 3 * 2)], 2 * Heads * samples, position, isBack: false);
        return panels;
    }

    private void Collect(ReadOnlySpan<T> output, int samples, Matrix<T> attended)
    {
        if (samples > 1)
        {
            AttentionOperations.FromHeads(output, samples, Width, HeadWidth, attended.AsSpan());
        }
    }
}
