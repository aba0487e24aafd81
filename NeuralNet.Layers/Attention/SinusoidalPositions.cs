using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Attention;

/// <summary>Sines and cosines of each position, added to the steps of a sequence: <c>Y_it = X_it + P_t</c>, <c>P_t,2j = sin(t/10000^(2j/E))</c>, <c>P_t,2j+1 = cos(t/10000^(2j/E))</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(E·T)]</c>, T at most the context. <b>Gradients.</b> <c>dX = dY</c>. <b>Cached.</b> Nothing. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> Vaswani and others (2017), section 3.5. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="context">The most steps of a sequence, 1 or more.</param>
/// <param name="width">E, channels of a step, 1 or more.</param>
public sealed class SinusoidalPositions<T>(int context, int width) : PositionLayer<T>(context, width) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StepTable<Matrix<T>> _table = new(context, steps => TableOf(steps, width));

    /// <inheritdoc/>
    private protected override Matrix<T> Table(int steps) => _table.Of(steps);

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) => upstream;

    private static Matrix<T> TableOf(int steps, int width)
    {
        Matrix<T> table = Matrices.Zeros<T>(steps, width);
        Span<T> values = table.AsSpan();
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / steps;
            (double sine, double cosine) = Math.SinCos(i % steps / Math.Pow(10_000, (channel - (channel % 2)) / (double)width));
            values[i] = T.CreateChecked(channel % 2 == 0 ? sine : cosine);
        }

        return table;
    }
}
