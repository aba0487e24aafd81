using System.Numerics;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>A factor of a product as the packing sees it: strips along one dimension, steps of the sum along the other.</summary>
/// <param name="data">First element.</param>
/// <param name="stride">Elements from one stored column to the next.</param>
/// <param name="isStepContiguous">Whether the steps of the sum lie side by side in memory; otherwise the strip's elements do.</param>
internal readonly unsafe struct Operand<T>(T* data, nint stride, bool isStepContiguous) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Packs the strip that starts at an index, for a range of steps.</summary>
    /// <param name="index">First row of op(A), or first column of op(B), of the strip.</param>
    /// <param name="count">How many of them exist.</param>
    /// <param name="width">How many the strip has.</param>
    /// <param name="step">First step of the sum.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="target">The packed strip.</param>
    public void PackStrip(int index, int count, int width, int step, int steps, T* target)
    {
        if (isStepContiguous)
        {
            Packing<T>.PackTransposed(data + step + (index * stride), stride, count, width, steps, target);
        }
        else
        {
            Packing<T>.PackRuns(data + index + (step * stride), stride, count, width, steps, target);
        }
    }
}
