using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Recurrent;

/// <content>The memory of a pass, and what a sequence begins with.</content>
internal sealed partial class RecurrentDirection<T>
{
    /// <summary>How many slots of a cache one direction uses.</summary>
    public const int Slots = 11;

    private const int GatesSlot = 0, StatesSlot = 1, KeptSlot = 2, ApartSlot = 3, BiasSlot = 4, WeightSlot = 5;
    private const int GateGradientsSlot = 6, OutputGradientSlot = 7, StateGradientSlot = 8, BiasSumsSlot = 9, ApartGradientsSlot = 10;

    /// <summary>The gradient by h from behind the last step <c>[H×N]</c>; after the way back, the one by what h began with.</summary>
    public Matrix<T> OutputGradient(SequenceBatch<T> batch) => Buffer(batch, OutputGradientSlot, _hidden, batch.Samples);

    /// <summary>The gradient by c <c>[H×N]</c>, likewise.</summary>
    public Matrix<T> StateGradient(SequenceBatch<T> batch) => Buffer(batch, StateGradientSlot, _cell.HasState ? _hidden : 0, batch.Samples);

    /// <summary>What the sequences begin with: zeros, or what is given.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">h of the layer.</param>
    /// <param name="h">h of each sample, column after column <c>[N×H]</c>; empty for zeros.</param>
    /// <param name="c">c of each sample, likewise.</param>
    public void Begin(SequenceBatch<T> batch, Matrix<T> outputs, ReadOnlySpan<T> h, ReadOnlySpan<T> c)
    {
        int block = _direction == 0 ? 0 : batch.Steps + 1;
        Begin(batch.Samples, h, outputs.AsSpan()[At(batch, block, _outputs, _direction * _hidden)..], _outputs);
        if (_cell.HasState)
        {
            Begin(batch.Samples, c, States(batch).AsSpan()[At(batch, block, _hidden, 0)..], _hidden);
        }
    }

    /// <summary>What the sequences end with.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="outputs">h of the layer.</param>
    /// <param name="h">Receives h of each sample, column after column <c>[N×H]</c>.</param>
    /// <param name="c">Receives c of each sample, where the cell has one; empty for nowhere.</param>
    public void End(SequenceBatch<T> batch, Matrix<T> outputs, Span<T> h, Span<T> c)
    {
        int block = _direction == 0 ? batch.Steps : 1, samples = batch.Samples;
        MatrixTransposition.Transpose(_hidden, samples, outputs.AsSpan()[At(batch, block, _outputs, _direction * _hidden)..], _outputs, h, samples);
        if (_cell.HasState && !c.IsEmpty)
        {
            MatrixTransposition.Transpose(_hidden, samples, States(batch).AsSpan()[At(batch, block, _hidden, 0)..], _hidden, c, samples);
        }
    }

    private void Begin(int samples, ReadOnlySpan<T> given, Span<T> target, int stride)
    {
        if (!given.IsEmpty)
        {
            MatrixTransposition.Transpose(samples, _hidden, given, samples, target, stride);
            return;
        }

        for (int i = 0; i < samples; i++)
        {
            target.Slice(i * stride, _hidden).Clear();
        }
    }

    // Samples of a group, which one thread takes through all steps: enough for the tiles of the products, few enough that a usual batch is shared.
    private static int GroupSamples(SequenceBatch<T> batch) => batch.Samples >= 64 ? 32 : 16;

    private static int Groups(SequenceBatch<T> batch) => (batch.Samples + GroupSamples(batch) - 1) / GroupSamples(batch);

    // Where a block of samples begins, of so many rows each; nowhere in an empty matrix.
    private static int At(SequenceBatch<T> batch, int block, int rows, int row) => batch.Samples == 0 ? 0 : (block * batch.Samples * rows) + row;

    private Matrix<T> Buffer(SequenceBatch<T> batch, int slot, int rows, int columns) => batch.Cache.Buffer(_firstSlot + slot, rows, columns);

    private Matrix<T> Gates(SequenceBatch<T> batch) => Buffer(batch, GatesSlot, _cell.Gates * _hidden, batch.Columns);

    private Matrix<T> States(SequenceBatch<T> batch) =>
        Buffer(batch, StatesSlot, _cell.HasState ? _hidden : 0, checked(batch.Samples * (batch.Steps + 2)));

    private Matrix<T> Kept(SequenceBatch<T> batch) => Buffer(batch, KeptSlot, _cell.Keeps ? _hidden : 0, batch.Columns);
}
