using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Memory;

/// <content>The passes over all steps.</content>
public sealed partial class NeuralTuringMachine<T>
{
    // What is in the memory before anything is written: not 0, where the cosine would have no direction to turn in.
    private const double FirstEntry = 1e-6;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(cache);
        ChannelView.RowsOf(this, input, Inputs);
        int steps = input.ColumnCount / Inputs, samples = input.RowCount;
        Matrix<T> output = cache.Buffer(0, samples, checked(Outputs * steps));
        Begin(new MachineStep<T>(this, cache, 0, steps, samples));
        for (int t = 0; t < steps; t++)
        {
            var step = new MachineStep<T>(this, cache, t, steps, samples);
            Matrix<T> read = step.ControllerInput, joined = step.OutputInput;
            for (int c = 0; c < Inputs; c++)
            {
                Column(input, (c * steps) + t).CopyTo(Column(read, c));
            }

            Span<T> readBefore = Behind(read, Inputs);
            if (step.IsFirst)
            {
                readBefore.Clear();
            }
            else
            {
                Behind(step.Before.OutputInput, Hidden).CopyTo(readBefore);
            }

            Matrix<T> hidden = _controller.Forward(read, step.Controller);
            hidden.AsSpan().CopyTo(joined.AsSpan());
            for (int i = 0; i < _heads.Length; i++)
            {
                Matrix<T> result = step.Result(i);
                _heads[i].Forward(hidden, step.MemoryOf(i), step.WeightsBefore(i), result, step.Head(i));
                if (!_heads[i].Writes)
                {
                    result.AsSpan().CopyTo(Read(joined, Hidden, i));
                }
            }

            Matrix<T> ofStep = _output.Forward(joined, step.Output);
            for (int o = 0; o < Outputs; o++)
            {
                Column(ofStep, o).CopyTo(Column(output, (o * steps) + t));
            }
        }

        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(cache);
        int samples = input.RowCount, steps = input.ColumnCount / Inputs;
        Matrix<T>? downstream = isInputWanted ? cache.Buffer(1, samples, input.ColumnCount) : null, ofNextInput = null;
        for (int t = steps - 1; t >= 0; t--)
        {
            var step = new MachineStep<T>(this, cache, t, steps, samples);
            Matrix<T> ofStep = step.Upstream, ofHidden = step.OfHidden;
            for (int o = 0; o < Outputs; o++)
            {
                Column(upstream, (o * steps) + t).CopyTo(Column(ofStep, o));
            }

            Matrix<T> ofJoined = _output.Backward(ofStep, step.Output);
            ofJoined.AsSpan()[..(samples * Hidden)].CopyTo(ofHidden.AsSpan());
            for (int i = _heads.Length - 1; i >= 0; i--)
            {
                HeadBack(step, i, ofJoined, ofNextInput, ofHidden);
            }

            ofNextInput = _controller.Backward(ofHidden, !step.IsFirst || isInputWanted ? Wanted.All : Wanted.None, step.Controller)[0];
            for (int c = 0; c < Inputs && downstream is not null; c++)
            {
                Column(ofNextInput!, c).CopyTo(Column(downstream, (c * steps) + t));
            }
        }

        return downstream;
    }

    private static void Begin(in MachineStep<T> first)
    {
        first.FirstMemory.AsSpan().Fill(T.CreateChecked(FirstEntry));
        Span<T> weights = first.FirstWeights.AsSpan();
        weights.Clear();
        weights[..first.Samples].Fill(T.One);
    }

    private void HeadBack(in MachineStep<T> step, int head, Matrix<T> ofJoined, Matrix<T>? ofNextInput, Matrix<T> ofHidden)
    {
        Matrix<T> memory = step.MemoryOf(head), memoryGradient = step.MemoryGradient;
        if (_heads[head].Writes)
        {
            _heads[head].WriteBack(memory, memoryGradient, ofHidden, step.Head(head));
            return;
        }

        // What was read went to the output of this step and to the controller in the next.
        Matrix<T> ofRead = step.OfRead(head);
        Span<T> sum = ofRead.AsSpan();
        Read(ofJoined, Hidden, head).CopyTo(sum);
        if (ofNextInput is not null)
        {
            TensorPrimitives.Add<T>(sum, Read(ofNextInput, Inputs, head), sum);
        }

        bool adds = !step.IsLast || head < _heads.Length - 1;
        _heads[head].ReadBack(memory, ofRead, memoryGradient, adds, ofHidden, step.Head(head));
    }

    private static Span<T> Column(Matrix<T> matrix, int column) => matrix.AsSpan().Slice(column * matrix.RowCount, matrix.RowCount);

    private static Span<T> Behind(Matrix<T> matrix, int columns) => matrix.AsSpan()[(columns * matrix.RowCount)..];

    // What a head has read, in a matrix where all of it stands behind some other columns.
    private Span<T> Read(Matrix<T> matrix, int columns, int head) =>
        Behind(matrix, columns + ((head - WriteHeads) * Width))[..(Width * matrix.RowCount)];
}
