using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Examples.OwnLayer;

/// <summary>A dense layer of one's own, <c>Y = X·W + b</c>: what <c>Linear</c> computes, from public API only.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×D]</c>, W <c>[D×M]</c>, b <c>[1×M]</c>, Y <c>[N×M]</c>.
/// <b>Gradients.</b> <c>dX = dY·Wᵀ</c>, <c>dW = Xᵀ·dY</c>, <c>db = Σ_rows dY</c>. <b>Cached.</b> X, by reference.</para>
/// <para><b>Source.</b> CS231n lecture 4, "gradients for vectorized code". <b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Affine<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _weight;
    private readonly Parameter<T> _bias;

    /// <summary>A layer with random weights and a bias of zeros.</summary>
    /// <param name="inputs">D, 1 or more.</param>
    /// <param name="outputs">M, 1 or more.</param>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public Affine(int inputs, int outputs, Random random)
        : this(new GlorotUniform().Weight<T>(inputs, outputs, random), Matrix<T>.Build.Dense(1, outputs))
    {
    }

    /// <summary>A layer with given parameters.</summary>
    /// <param name="weight">W <c>[D×M]</c>, dense; used, not copied.</param>
    /// <param name="bias">b <c>[1×M]</c>, dense; used, not copied.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or a matrix is not dense.</exception>
    public Affine(Matrix<T> weight, Matrix<T> bias)
    {
        // A parameter refuses what is null, empty or not dense. That the two fit each other only this layer can know.
        (_weight, _bias) = (new Parameter<T>(weight), new Parameter<T>(bias, isRegularized: false));
        OwnParameters = [new("weight", _weight), new("bias", _bias)];
        if (bias.RowCount != 1 || bias.ColumnCount != weight.ColumnCount)
        {
            throw new ArgumentException($"{this} expects bias [1×{weight.ColumnCount}], got {bias.Shape()}.", nameof(bias));
        }
    }

    // What others see of the layer. Errors call it by its name; InputShape is all it takes to have every input checked.
    public override string Name => $"Affine({_weight.Value.RowCount} → {_weight.Value.ColumnCount})";

    public override GateDescription Description => new(Kind, ("inputs", _weight.Value.RowCount), ("outputs", _weight.Value.ColumnCount));

    public override SampleShape? InputShape => _weight.Value.RowCount;

    public override SampleShape? OutputShape(SampleShape? input) => _weight.Value.ColumnCount;

    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    // How drawings and derivations write it; optional.
    public override string Formula(string x = "x") => $@"{x}\,W + b";

    public override string LocalGradient(string x = "x", string y = "y") => @"G\,W^\top";

    // The mathematics. Buffers come from the cache, the same ones for the same shapes, so nothing is allocated in steady state.
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, _weight.Value.ColumnCount);
        MatrixProduct.Multiply(Transpose.No, input, Transpose.No, _weight.Value, output, bias: _bias.Value);
        return output;
    }

    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        // β is 0 for the first gradient since they were cleared and 1 for each after it, so a layer that stands twice adds up.
        MatrixProduct.Multiply(Transpose.Yes, input, Transpose.No, upstream, _weight.GradientToUpdate(out T beta), beta);
        RowOperations.Sum(upstream, _bias.GradientToUpdate(out beta), beta);
        if (!isInputWanted)
        {
            return null;
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        MatrixProduct.Multiply(Transpose.No, upstream, Transpose.Yes, _weight.Value, downstream);
        return downstream;
    }
}
