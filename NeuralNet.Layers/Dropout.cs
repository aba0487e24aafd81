using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Layers;

/// <summary>Inverted dropout: in training each entry becomes 0 with the probability p and is divided by 1 − p otherwise, <c>Y = X ∗ mask</c>; in evaluation <c>Y = X</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y of one shape, any. In evaluation Y is X itself.</para>
/// <para><b>Gradients.</b> <c>dX = dY ∗ mask</c>; in evaluation the upstream gradient itself.</para>
/// <para><b>Cached.</b> The mask, of 0 and 1/(1 − p): a draw for each entry, of 24 bits, so that networks in float and in double drop the same.</para>
/// <para><b>Parameters.</b> None. <b>Generators.</b> <c>random</c>; its state says which masks follow.</para>
/// <para><b>Source.</b> Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov (2014); CS231n notes, "Neural Networks Part 2", inverted dropout.</para>
/// <para><b>Threads.</b> As the generator: training passes by one thread at a time. A mask has the same bits at any number of threads that share its making.</para>
/// </remarks>
/// <example><c>new Dropout&lt;float&gt;(0.5, new Philox(seed: 1))</c>, and for several layers <c>random.Fork(1)</c>, <c>random.Fork(2)</c>, …: layers that share a
/// generator draw from it in turn.</example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Dropout<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaskSlot = 2;
    private readonly T _scale;

    /// <summary>A dropout with a generator of its own.</summary>
    /// <param name="probability">p, the probability that an entry is dropped: from 0 (none is) to 1, which is excluded since nothing would be left. Half is usual for hidden layers.</param>
    /// <param name="random">The generator that masks are drawn from; used, not copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not a number from 0 to 1, or 1.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Dropout(double probability, Philox random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!(probability >= 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "Dropout drops entries with a probability from 0 to below 1; at 1 nothing would be left to learn from.");
        }

        Probability = probability;
        _scale = T.CreateChecked(1 / (1 - probability));
        OwnGenerators = [new("random", random)];
    }

    /// <summary>p, the probability that an entry is dropped.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("probability", Probability));

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Scaler;

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedGenerator> OwnGenerators { get; }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        ReadOnlySpan<T> x = input.AsSpan();
        if (!cache.IsTraining)
        {
            return input;
        }

        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        Span<T> mask = cache.Buffer(MaskSlot, input.RowCount, input.ColumnCount).AsSpan();
        OwnGenerators[0].Generator.FillMask(mask, 1 - Probability, _scale);
        ElementwiseOperations.Multiply(x, mask, output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        if (!cache.IsTraining)
        {
            return upstream;
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        ElementwiseOperations.Multiply<T>(upstream.AsSpan(), cache.Buffer(MaskSlot, input.RowCount, input.ColumnCount).AsSpan(), downstream.AsSpan());
        return downstream;
    }
}
