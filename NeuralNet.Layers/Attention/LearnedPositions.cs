using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Attention;

/// <summary>A vector for each position that is learned, added to the steps of a sequence: <c>Y_it = X_it + P_t</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(E·T)]</c>, P <c>[context×E]</c>, T at most the context.</para>
/// <para><b>Gradients.</b> <c>dX = dY</c>, <c>dP_t = Σ_i dY_it</c>, zeros for positions that no step had. <b>Cached.</b> Nothing. <b>Parameters.</b> <c>weight</c>: P, not regularised.</para>
/// <para><b>Source.</b> Gehring and others (2017), section 3.1. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LearnedPositions<T> : PositionLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int SumsSlot = 3, GradientSlot = 4;

    /// <summary>A table of random vectors.</summary>
    /// <param name="context">The most steps of a sequence, 1 or more.</param>
    /// <param name="width">E, channels of a step, 1 or more.</param>
    /// <param name="random">The generator that the vectors are drawn from.</param>
    /// <param name="initializer">How they are drawn; by default from N(0, 0.02²).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public LearnedPositions(int context, int width, Random random, Initializer? initializer = null)
        : base(context, width)
    {
        Weight = new Parameter<T>((initializer ?? new Normal(0.02)).Weight<T>(context, width, random), isRegularized: false);
        OwnParameters = [new("weight", Weight)];
    }

    /// <summary>P, <c>[context×E]</c>.</summary>
    public Parameter<T> Weight { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    /// <inheritdoc/>
    private protected override Matrix<T> Table(int steps) => Weight.Value;

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        int steps = StepsOf(upstream);
        Span<T> sums = cache.Buffer(SumsSlot, steps, Width).AsSpan();
        RowOperations.Sum(upstream.AsSpan(), upstream.RowCount, upstream.RowCount, sums, T.Zero);
        if (steps == Context)
        {
            Weight.AddToGradient(sums);
            return upstream;
        }

        Span<T> gradient = cache.Buffer(GradientSlot, Context, Width).AsSpan();
        gradient.Clear();
        for (int channel = 0; channel < Width; channel++)
        {
            sums.Slice(channel * steps, steps).CopyTo(gradient[(channel * Context)..]);
        }

        Weight.AddToGradient(gradient);
        return upstream;
    }
}
