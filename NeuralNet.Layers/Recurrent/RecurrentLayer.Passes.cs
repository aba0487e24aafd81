using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Recurrent;

/// <content>A pass over all layers and directions.</content>
public abstract partial class RecurrentLayer<T>
{
    private const int LengthsSlot = 2, MarkSlot = 3, StateSlot = 4, InputsSlot = 5, FirstLayerSlot = 6;

    // Each layer has two buffers, for h and for the gradient by it, and then each direction its own.
    private int FirstSlotOf(int direction) => FirstLayerSlot + (2 * LayerCount) + (direction * RecurrentDirection<T>.Slots);

    /// <summary>The output.</summary>
    /// <param name="gate">Who is told in errors.</param>
    /// <param name="input"><c>[N×(C·T)]</c>.</param>
    /// <param name="lengths"><c>[N×1]</c>, or null where all sequences have T steps.</param>
    /// <param name="state">What the sequences begin with <c>[N×S]</c>, or null for zeros or what is carried over.</param>
    /// <param name="cache">Lends the buffers.</param>
    internal Matrix<T> Run(Gate<T> gate, Matrix<T> input, Matrix<T>? lengths, Matrix<T>? state, Cache<T> cache)
    {
        int rows = ChannelView.RowsOf(this, input, Inputs);
        SequenceBatch<T> batch = BatchOf(input, lengths is not null, cache);
        if (lengths is not null)
        {
            batch.Read(gate, lengths);
        }

        Matrix<T>? carried = Carried(gate, batch, ref state);
        Matrix<T> inputs = cache.Buffer(InputsSlot, Inputs, rows);
        MatrixTransposition.Transpose<T>(rows, Inputs, input.AsSpan(), Math.Max(1, rows), inputs.AsSpan(), Inputs);
        batch.ClearInputsBehindEnds(inputs);
        ReadOnlySpan<T> read = inputs.AsSpan();
        for (int i = 0; i < _directions.Length; i++)
        {
            Matrix<T> outputs = OutputsOf(batch, i / _settings.Directions);
            _directions[i].Begin(batch, outputs, Part(state, batch, i), _cell.HasState ? Part(state, batch, _directions.Length + i) : default);
            _directions[i].Forward(batch, read, outputs);
            if (carried is not null)
            {
                _directions[i].End(batch, outputs, Part(carried, batch, i), _cell.HasState ? Part(carried, batch, _directions.Length + i) : default);
            }

            if ((i + 1) % _settings.Directions == 0)
            {
                read = StepsOf(outputs, batch);
            }
        }

        return Output(batch, read);
    }

    /// <summary>The way back: gradients by parameters, and by the input and the state where they are wanted.</summary>
    /// <param name="upstream">The gradient by the output.</param>
    /// <param name="input"><c>[N×(C·T)]</c>.</param>
    /// <param name="hasLengths">Whether the pass had lengths.</param>
    /// <param name="isInputWanted">Whether the gradient by the input is wanted.</param>
    /// <param name="stateGradient">Receives the gradient by the state <c>[N×S]</c>; null for not wanted.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    internal Matrix<T>? RunBack(Matrix<T> upstream, Matrix<T> input, bool hasLengths, bool isInputWanted, Matrix<T>? stateGradient, Cache<T> cache)
    {
        SequenceBatch<T> batch = BatchOf(input, hasLengths, cache);
        Matrix<T>? downstream = isInputWanted ? cache.Buffer(1, input.RowCount, input.ColumnCount) : null;
        for (int layer = LayerCount - 1; layer >= 0; layer--)
        {
            bool isLast = layer == LayerCount - 1;
            Matrix<T>? gradient = isLast && IsLastStep ? null : GradientOf(batch, layer);
            if (isLast && gradient is not null)
            {
                MatrixTransposition.Transpose<T>(batch.Columns, Outputs, upstream.AsSpan(), Math.Max(1, batch.Columns), gradient.AsSpan(), Outputs);
            }

            ReadOnlySpan<T> read = layer == 0 ? cache.Buffer(InputsSlot, Inputs, batch.Columns).AsSpan() : StepsOf(OutputsOf(batch, layer - 1), batch);
            for (int d = 0; d < _settings.Directions; d++)
            {
                int i = (layer * _settings.Directions) + d;
                RecurrentDirection<T> direction = _directions[i];
                Matrix<T> ofOutput = direction.OutputGradient(batch), ofState = direction.StateGradient(batch);
                ofState.AsSpan().Clear();
                ofOutput.AsSpan().Clear();
                if (gradient is null)
                {
                    MatrixTransposition.Transpose<T>(batch.Samples, Hidden, Part(upstream, batch, d), Math.Max(1, batch.Samples), ofOutput.AsSpan(), Hidden);
                }

                direction.Backward(batch, read, OutputsOf(batch, layer), gradient);
                if (layer > 0 || downstream is not null)
                {
                    direction.AddInputGradient(batch, (layer == 0 ? downstream! : GradientOf(batch, layer - 1)).AsSpan(), layer == 0);
                }

                if (stateGradient is not null)
                {
                    Return(batch, ofOutput, Part(stateGradient, batch, i));
                    Return(batch, ofState, _cell.HasState ? Part(stateGradient, batch, _directions.Length + i) : default);
                }
            }
        }

        return downstream;
    }

    private SequenceBatch<T> BatchOf(Matrix<T> input, bool hasLengths, Cache<T> cache) =>
        new(cache, input.RowCount, input.ColumnCount / Inputs, hasLengths ? cache.Buffer(LengthsSlot, input.RowCount, 1) : null);

    private Matrix<T> OutputsOf(SequenceBatch<T> batch, int layer) =>
        batch.Cache.Buffer(FirstLayerSlot + (2 * layer), Outputs, checked(batch.Samples * (batch.Steps + 2)));

    private Matrix<T> GradientOf(SequenceBatch<T> batch, int layer) => batch.Cache.Buffer(FirstLayerSlot + (2 * layer) + 1, Outputs, batch.Columns);

    // h of the steps, without what they begin with.
    private Span<T> StepsOf(Matrix<T> outputs, SequenceBatch<T> batch) => outputs.AsSpan().Slice(batch.Samples * Outputs, batch.Columns * Outputs);

    // H columns of a matrix with a row for each sample.
    private Span<T> Part(Matrix<T>? matrix, SequenceBatch<T> batch, int index) =>
        matrix is null ? default : matrix.AsSpan().Slice(index * Hidden * batch.Samples, Hidden * batch.Samples);

    private Matrix<T> Output(SequenceBatch<T> batch, ReadOnlySpan<T> steps)
    {
        if (!IsLastStep)
        {
            Matrix<T> output = batch.Cache.Buffer(0, batch.Samples, checked(Outputs * batch.Steps));
            MatrixTransposition.Transpose(Outputs, batch.Columns, steps, Outputs, output.AsSpan(), Math.Max(1, batch.Columns));
            batch.ClearBehindEnds(output);
            return output;
        }

        Matrix<T> last = batch.Cache.Buffer(0, batch.Samples, Outputs), outputs = OutputsOf(batch, LayerCount - 1);
        for (int d = 0; d < _settings.Directions; d++)
        {
            _directions[^(_settings.Directions - d)].End(batch, outputs, Part(last, batch, d), default);
        }

        return last;
    }

    private void Return(SequenceBatch<T> batch, Matrix<T> gradient, Span<T> target)
    {
        if (!target.IsEmpty)
        {
            MatrixTransposition.Transpose<T>(Hidden, batch.Samples, gradient.AsSpan(), Hidden, target, batch.Samples);
        }
    }
}
