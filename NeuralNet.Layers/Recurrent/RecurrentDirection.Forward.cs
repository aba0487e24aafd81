using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;

namespace NeuralNet.Layers.Recurrent;

/// <content>Forward: the inputs' product for all steps at once, and then step after step.</content>
internal sealed partial class RecurrentDirection<T>
{
    // Fewer samples are multiplied as dot products with the weights as they lie.
    private const int LeastTransposed = 4;

    /// <summary>All steps.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="inputs">What the layer reads <c>[C×NT]</c>, a step of a sample in a column.</param>
    /// <param name="outputs">h of the layer <c>[DH×N(T+2)]</c>, with what it begins with; receives h of this direction.</param>
    public void Forward(SequenceBatch<T> batch, ReadOnlySpan<T> inputs, Matrix<T> outputs)
    {
        int gateRows = _cell.Gates * _hidden;
        Matrix<T> gates = Gates(batch), weight = _recurrentWeight.Value;
        MatrixProduct.Multiply(
            Transpose.Yes, Transpose.No, gateRows, batch.Columns, _inputs, T.One, _inputWeight.Value.AsSpan(), _inputs, inputs, _inputs, T.Zero, gates.AsSpan(), gateRows);
        if (batch.Samples >= LeastTransposed)
        {
            weight = Buffer(batch, WeightSlot, gateRows, _hidden);
            MatrixTransposition.Transpose(_recurrentWeight.Value, weight);
        }

        Matrix<T> bias = Buffer(batch, BiasSlot, _cell.Biases * _hidden, 1);
        if (_inputBias is not null && _recurrentBias is not null)
        {
            _cell.Combine(_inputBias.Value.AsSpan(), _recurrentBias.Value.AsSpan(), bias.AsSpan());
        }
        else
        {
            bias.AsSpan().Clear();
        }

        Matrix<T> apart = Buffer(batch, ApartSlot, _cell.IsRecurrentApart ? gateRows : 0, batch.Samples);
        var pass = new DirectionPass<T>(this, batch, outputs, gates, States(batch), Kept(batch), apart, bias, weight, null, null, null, null);
        int groups = Groups(batch);
        if (groups == 1)
        {
            // Its products may be shared among the threads themselves.
            ForwardGroup(0, pass);
        }
        else
        {
            ComputeThreads.For(groups, pass, static (group, state) => state.Direction.ForwardGroup(group, state));
        }
    }

    private void ForwardGroup(int group, DirectionPass<T> pass)
    {
        SequenceBatch<T> batch = pass.Batch;
        int most = GroupSamples(batch), first = group * most, samples = Math.Min(most, batch.Samples - first), gateRows = _cell.Gates * _hidden;
        int states = _cell.HasState ? _hidden : 0, kept = _cell.Keeps ? _hidden : 0, apartRows = _cell.IsRecurrentApart ? gateRows : 0;
        Transpose transpose = ReferenceEquals(pass.Weight, _recurrentWeight.Value) ? Transpose.Yes : Transpose.No;
        ReadOnlySpan<int> lengths = batch.Lengths;
        lengths = lengths.IsEmpty ? default : lengths.Slice(first, samples);
        for (int i = 0; i < batch.Steps; i++)
        {
            int step = _direction == 0 ? i : batch.Steps - 1 - i;
            int column = (step * batch.Samples) + first, now = column + batch.Samples, before = _direction == 0 ? column : now + batch.Samples;
            ReadOnlySpan<T> previous = pass.Outputs.AsSpan()[((before * _outputs) + (_direction * _hidden))..];
            Span<T> gates = pass.Gates.AsSpan().Slice(column * gateRows, samples * gateRows), apart = pass.Apart.AsSpan().Slice(first * apartRows, samples * apartRows);
            MatrixProduct.Multiply(
                transpose, Transpose.No, gateRows, samples, _hidden, T.One, pass.Weight.AsSpan(), pass.Weight.RowCount, previous, _outputs,
                _cell.IsRecurrentApart ? T.Zero : T.One, _cell.IsRecurrentApart ? apart : gates, gateRows);
            _cell.Forward(new RecurrentStep<T>
            {
                Hidden = _hidden,
                Samples = samples,
                Stride = _outputs,
                Gates = gates,
                Recurrent = apart,
                Bias = pass.Bias.AsSpan(),
                PreviousState = pass.States.AsSpan().Slice(before * states, samples * states),
                State = pass.States.AsSpan().Slice(now * states, samples * states),
                Kept = pass.Kept.AsSpan().Slice(column * kept, samples * kept),
                PreviousOutput = previous,
                Output = pass.Outputs.AsSpan()[((now * _outputs) + (_direction * _hidden))..],
                Lengths = lengths,
                Step = step,
            });
        }
    }
}
