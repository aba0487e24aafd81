using System.Numerics;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>A factor of a product: the tiles' rows or columns along one dimension, the steps of the sum along the other.</summary>
/// <param name="data">First element.</param>
/// <param name="stride">Elements from one stored column to the next.</param>
/// <param name="isStepContiguous">Whether the steps of the sum lie side by side in memory; otherwise the tile's elements do.</param>
internal readonly unsafe struct Operand<T>(T* data, nint stride, bool isStepContiguous) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Whether the steps of the sum lie side by side in memory; otherwise the tile's elements do.</summary>
    public bool IsStepContiguous => isStepContiguous;

    /// <summary>Elements from one stored column to the next.</summary>
    public nint Stride => stride;

    /// <summary>The factor of the same shape that starts a number of elements further on.</summary>
    public Operand<T> From(nint offset) => new(data + offset, stride, isStepContiguous);

    /// <summary>The same factor, seen the other way where it is a single run of memory: one index with steps apart, or one step.</summary>
    /// <param name="count">Rows of op(A), or columns of op(B).</param>
    /// <param name="steps">Steps of the sum.</param>
    public Operand<T> AsSteps(int count, int steps)
    {
        if (stride != 1)
        {
            return this;
        }

        // With a stride of 1 there is one stored row: one step of many elements, or many steps of one element.
        return steps == 1 ? new Operand<T>(data, count, isStepContiguous: false)
            : count == 1 ? new Operand<T>(data, steps, isStepContiguous: true)
            : this;
    }

    /// <summary>The factor as it lies in memory, seen from a tile.</summary>
    /// <param name="index">First row of op(A), or first column of op(B), of the tile.</param>
    /// <param name="step">First step of the sum.</param>
    public TileFactor<T> At(int index, int step) => isStepContiguous
        ? new(data + step + (index * stride), stride, isAdjacent: false)
        : new(data + index + (step * stride), stride, isAdjacent: true);

    /// <summary>Packs strips that lie side by side, for a range of steps.</summary>
    /// <param name="index">First row of op(A), or first column of op(B), of the strips.</param>
    /// <param name="count">How many rows or columns there are from there on; the last strip may be partial.</param>
    /// <param name="width">How many a strip has; what the last does not have is filled with zeros.</param>
    /// <param name="step">First step of the sum.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="target">The packed strips.</param>
    public void PackStrips(int index, int count, int width, int step, int steps, T* target)
    {
        if (isStepContiguous)
        {
            for (int first = 0; first < count; first += width)
            {
                Packing<T>.PackTransposed(
                    data + step + ((index + first) * stride), stride, Math.Min(width, count - first), width, steps, target + ((nint)first * steps));
            }
        }
        else
        {
            Packing<T>.PackRuns(data + index + (step * stride), stride, count, width, steps, target);
        }
    }
}
