using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Recurrent;

/// <summary>The batch that a pass is about.</summary>
/// <param name="Cache">Lends the buffers.</param>
/// <param name="Samples">N.</param>
/// <param name="Steps">T.</param>
/// <param name="LengthMemory">Room for the lengths of the sequences <c>[N×1]</c>; null where all have T steps.</param>
internal readonly record struct SequenceBatch<T>(Cache<T> Cache, int Samples, int Steps, Matrix<T>? LengthMemory) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>N·T.</summary>
    public int Columns => checked(Samples * Steps);

    /// <summary>The lengths, a whole number for each sample, where there are any.</summary>
    public Span<int> Lengths => LengthMemory is null ? default : MemoryMarshal.Cast<T, int>(LengthMemory.AsSpan())[..Samples];

    /// <summary>Reads the lengths.</summary>
    /// <param name="gate">Who takes them.</param>
    /// <param name="lengths"><c>[N×1]</c>.</param>
    /// <exception cref="ArgumentException">They are of another shape, or one is no whole number from 1 to T.</exception>
    public void Read(Gate<T> gate, Matrix<T> lengths)
    {
        if (lengths.RowCount != Samples || lengths.ColumnCount != 1)
        {
            throw new ArgumentException($"{gate} expects a length for each of {Samples} sequences, [{Samples}×1], got {lengths.Shape()}.", nameof(lengths));
        }

        ReadOnlySpan<T> numbers = lengths.AsSpan();
        Span<int> whole = Lengths;
        for (int i = 0; i < numbers.Length; i++)
        {
            // NaN and what is too large for an int come back as another number, or beyond the steps.
            int length = int.CreateTruncating(numbers[i]);
            if (length < 1 || length > Steps || T.CreateTruncating(length) != numbers[i])
            {
                throw new ArgumentException(
                    $"{gate} expects lengths that are whole numbers from 1 to {Steps}, the steps of its input, got {numbers[i]} for sequence {i}.", nameof(lengths));
            }

            whole[i] = length;
        }
    }

    /// <summary>Sets to zero what the steps behind the end of a sequence would read: padding may be NaN, which no gradient of 0 takes out of a product.</summary>
    /// <param name="inputs"><c>[C×NT]</c>, a step of a sample in a column.</param>
    public void ClearInputsBehindEnds(Matrix<T> inputs)
    {
        ReadOnlySpan<int> lengths = Lengths;
        Span<T> values = inputs.AsSpan();
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int step = lengths[i]; step < Steps; step++)
            {
                values.Slice(((step * Samples) + i) * inputs.RowCount, inputs.RowCount).Clear();
            }
        }
    }

    /// <summary>Sets to zero what lies behind the end of a sequence.</summary>
    /// <param name="output"><c>[N×(C·T)]</c>.</param>
    public void ClearBehindEnds(Matrix<T> output)
    {
        ReadOnlySpan<int> lengths = Lengths;
        Span<T> values = output.AsSpan();
        for (int column = 0; column < output.ColumnCount && !lengths.IsEmpty; column++)
        {
            int step = column % Steps;
            for (int i = 0; i < lengths.Length; i++)
            {
                if (lengths[i] <= step)
                {
                    values[(column * Samples) + i] = T.Zero;
                }
            }
        }
    }
}
