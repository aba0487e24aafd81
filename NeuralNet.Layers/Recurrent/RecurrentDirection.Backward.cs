using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;

namespace NeuralNet.Layers.Recurrent;

/// <content>Backward: step after step, and then each weight's gradient as one product over all steps.</content>
internal sealed partial class RecurrentDirection<T>
{
    /// <summary>All steps back, and the gradients by the parameters. <see cref="OutputGradient"/> and <see cref="StateGradient"/> say what comes from behind the last step.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="inputs">What the layer read <c>[C×NT]</c>.</param>
    /// <param name="outputs">h of the layer <c>[DH×N(T+2)]</c>.</param>
    /// <param name="upstream">The gradient by it <c>[DH×NT]</c>; null for none.</param>
    public void Backward(SequenceBatch<T> batch, ReadOnlySpan<T> inputs, Matrix<T> outputs, Matrix<T>? upstream)
    {
        int gateRows = _cell.Gates * _hidden, biases = _cell.Biases * _hidden, groups = Groups(batch);
        Matrix<T> gateGradients = GateGradients(batch), apart = Buffer(batch, ApartGradientsSlot, _cell.IsRecurrentApart ? gateRows : 0, batch.Columns);
        Matrix<T> sums = Buffer(batch, BiasSumsSlot, biases, Math.Max(1, groups));
        sums.AsSpan().Clear();
        var pass = new DirectionPass<T>(
            this, batch, outputs, Gates(batch), States(batch), Kept(batch), apart, sums, _recurrentWeight.Value, gateGradients, OutputGradient(batch), StateGradient(batch), upstream);
        if (groups == 1)
        {
            BackwardGroup(0, pass);
        }
        else
        {
            ComputeThreads.For(groups, pass, static (group, state) => state.Direction.BackwardGroup(group, state));
        }

        // The block before each step's: all of them side by side.
        ReadOnlySpan<T> before = outputs.AsSpan()[At(batch, _direction == 0 ? 0 : 2, _outputs, _direction * _hidden)..];
        Span<T> gradient = _recurrentWeight.GradientToUpdate(out T beta).AsSpan();
        MatrixProduct.Multiply(
            Transpose.No, Transpose.Yes, _hidden, gateRows, batch.Columns, T.One, before, _outputs, (_cell.IsRecurrentApart ? apart : gateGradients).AsSpan(), gateRows,
            beta, gradient, _hidden);
        gradient = _inputWeight.GradientToUpdate(out beta).AsSpan();
        MatrixProduct.Multiply(
            Transpose.No, Transpose.Yes, _inputs, gateRows, batch.Columns, T.One, inputs, _inputs, gateGradients.AsSpan(), gateRows,
            beta, gradient, _inputs);
        Span<T> all = sums.AsSpan()[..biases];
        for (int group = 1; group < groups; group++)
        {
            TensorPrimitives.Add(all, sums.AsSpan().Slice(group * biases, biases), all);
        }

        _inputBias?.AddToGradient(all[..gateRows]);
        _recurrentBias?.AddToGradient(_cell.OfRecurrentBias(all, _hidden));
    }

    /// <summary>The gradient by what the layer read, which is added to what is there unless it is the first direction.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="target">Of the first layer <c>[(N·T)×C]</c>, of another <c>[C×NT]</c>.</param>
    /// <param name="isTransposed">Whether it is that of the first layer.</param>
    public void AddInputGradient(SequenceBatch<T> batch, Span<T> target, bool isTransposed)
    {
        int gateRows = _cell.Gates * _hidden;
        T beta = _direction == 0 ? T.Zero : T.One;
        ReadOnlySpan<T> weight = _inputWeight.Value.AsSpan(), gradients = GateGradients(batch).AsSpan();
        if (isTransposed)
        {
            MatrixProduct.Multiply(
                Transpose.Yes, Transpose.Yes, batch.Columns, _inputs, gateRows, T.One, gradients, gateRows, weight, _inputs, beta, target, batch.Columns);
        }
        else
        {
            MatrixProduct.Multiply(
                Transpose.No, Transpose.No, _inputs, batch.Columns, gateRows, T.One, weight, _inputs, gradients, gateRows, beta, target, _inputs);
        }
    }

    private void BackwardGroup(int group, DirectionPass<T> pass)
    {
        SequenceBatch<T> batch = pass.Batch;
        int most = GroupSamples(batch), first = group * most, samples = Math.Min(most, batch.Samples - first), gateRows = _cell.Gates * _hidden, biases = _cell.Biases * _hidden;
        int states = _cell.HasState ? _hidden : 0, kept = _cell.Keeps ? _hidden : 0, apartRows = _cell.IsRecurrentApart ? gateRows : 0;
        Span<T> outputGradient = pass.OutputGradient!.AsSpan().Slice(first * _hidden, samples * _hidden);
        Span<T> stateGradient = pass.StateGradient!.AsSpan().Slice(first * states, samples * states);
        ReadOnlySpan<int> lengths = batch.Lengths;
        lengths = lengths.IsEmpty ? default : lengths.Slice(first, samples);
        for (int i = batch.Steps - 1; i >= 0; i--)
        {
            int step = _direction == 0 ? i : batch.Steps - 1 - i;
            int column = (step * batch.Samples) + first, before = column + (_direction == 0 ? 0 : 2 * batch.Samples);
            Span<T> ofGates = pass.GateGradients!.AsSpan().Slice(column * gateRows, samples * gateRows);
            Span<T> ofApart = pass.Apart.AsSpan().Slice(column * apartRows, samples * apartRows);
            _cell.Backward(new RecurrentStepBack<T>
            {
                Hidden = _hidden,
                Samples = samples,
                Stride = _outputs,
                Gates = pass.Gates.AsSpan().Slice(column * gateRows, samples * gateRows),
                PreviousState = pass.States.AsSpan().Slice(before * states, samples * states),
                Kept = pass.Kept.AsSpan().Slice(column * kept, samples * kept),
                PreviousOutput = pass.Outputs.AsSpan()[((before * _outputs) + (_direction * _hidden))..],
                Upstream = pass.Upstream is null ? default : pass.Upstream.AsSpan()[((column * _outputs) + (_direction * _hidden))..],
                OutputGradient = outputGradient,
                StateGradient = stateGradient,
                GateGradients = ofGates,
                RecurrentGradients = ofApart,
                BiasSums = pass.Bias.AsSpan().Slice(group * biases, biases),
                Lengths = lengths,
                Step = step,
            });
            MatrixProduct.Multiply(
                Transpose.No, Transpose.No, _hidden, samples, gateRows, T.One, pass.Weight.AsSpan(), _hidden, _cell.IsRecurrentApart ? ofApart : ofGates, gateRows,
                T.One, outputGradient, _hidden);
        }
    }

    private Matrix<T> GateGradients(SequenceBatch<T> batch) => Buffer(batch, GateGradientsSlot, _cell.Gates * _hidden, batch.Columns);
}
