using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Providers;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>The affine layer: <c>Y = X·W + b</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×D]</c>, W <c>[D×M]</c> (in × out), b <c>[1×M]</c>, Y <c>[N×M]</c>.</para>
/// <para><b>Gradients.</b> <c>dX = dY·Wᵀ</c>, <c>dW = Xᵀ·dY</c>, <c>db = Σ_rows dY</c>.</para>
/// <para><b>Cached.</b> X, by reference.</para>
/// <para><b>Parameters.</b> <c>weight</c>, and <c>bias</c> unless it is left out; only the weight is regularised.</para>
/// <para><b>Source.</b> CS231n lecture 4, "gradients for vectorized code"; CS224n lecture 3.</para>
/// <para><b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Linear<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NamedParameter<T>[] _parameters;

    /// <summary>A layer with random weights and a bias of zeros.</summary>
    /// <param name="inputs">D, columns of the input, 1 or more.</param>
    /// <param name="outputs">M, columns of the output, 1 or more.</param>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <param name="initializer">How the weights are drawn; by default <see cref="GlorotUniform"/>. For layers before a ReLU take <see cref="HeNormal"/>.</param>
    /// <param name="bias">Whether there is a bias; by default there is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or D·M is more than an array holds.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Linear(int inputs, int outputs, Random random, Initializer? initializer = null, bool bias = true)
        : this((initializer ?? new GlorotUniform()).Weight<T>(inputs, outputs, random), bias ? Matrices.Zeros<T>(1, outputs) : null)
    {
    }

    /// <summary>A layer with given parameters.</summary>
    /// <param name="weight">W <c>[D×M]</c>, dense; used, not copied.</param>
    /// <param name="bias">b <c>[1×M]</c>, dense; used, not copied; null for none.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Linear(Matrix<T> weight, Matrix<T>? bias = null)
    {
        Weight = new Parameter<T>(weight);
        if (bias is null)
        {
            _parameters = [NamedWeight];
            return;
        }

        if (bias.RowCount != 1 || bias.ColumnCount != weight.ColumnCount)
        {
            throw new ArgumentException($"{this} expects bias [1×{weight.ColumnCount}], got {bias.Shape()}.", nameof(bias));
        }

        Bias = new Parameter<T>(bias, isRegularized: false);
        _parameters = [NamedWeight, new("bias", Bias)];
    }

    /// <summary>W <c>[D×M]</c>; in files <c>[M, D]</c>, as PyTorch has it.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>b <c>[1×M]</c>, or null for a layer without.</summary>
    public Parameter<T>? Bias { get; }

    private NamedParameter<T> NamedWeight => new("weight", Weight) { Dimensions = [Weight.Value.ColumnCount, Weight.Value.RowCount] };

    /// <inheritdoc/>
    public override SampleShape? InputShape => Weight.Value.RowCount;

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters => _parameters;

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => Weight.Value.ColumnCount;

    /// <inheritdoc/>
    public override GateDescription Description =>
        new(Kind, ("inputs", Weight.Value.RowCount), ("outputs", Weight.Value.ColumnCount), ("bias", Bias is not null));

    /// <summary><c>Linear(D → M)</c>.</summary>
    public override string Name => $"Linear({Weight.Value.RowCount} → {Weight.Value.ColumnCount}{(Bias is null ? ", no bias" : "")})";

    /// <summary>That of the matrix product with the weight.</summary>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => Formula([x], ["W", "b"]);

    /// <inheritdoc/>
    public override string Formula(ReadOnlySpan<string> inputs, ReadOnlySpan<string> parameters) =>
        $@"{inputs[0]}\,{parameters[0]}{(Bias is null ? "" : $" + {parameters[1]}")}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => LocalGradient(0, [x], ["W", "b"], y);

    /// <inheritdoc/>
    public override string LocalGradient(int input, ReadOnlySpan<string> inputs, ReadOnlySpan<string> parameters, string output) =>
        $@"G\,{parameters[0]}^\top";

    /// <inheritdoc/>
    public override string ParameterGradient(int parameter, ReadOnlySpan<string> inputs, ReadOnlySpan<string> parameters, string output) =>
        parameter == 0 ? $@"{inputs[0]}^\top G" : @"\mathbf{1}^\top G";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, Weight.Value.ColumnCount);
        MatrixProduct.Multiply(Transpose.No, input, Transpose.No, Weight.Value, output, bias: Bias?.Value);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        MatrixMultiplyGate<T>.BackwardY(upstream, input, Weight.GradientToUpdate(out T beta), beta);
        if (Bias is not null)
        {
            AddRowGate<T>.BackwardY(upstream, Bias.GradientToUpdate(out beta), beta);
        }

        if (!isInputWanted)
        {
            return null;
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        MatrixMultiplyGate<T>.BackwardX(upstream, Weight.Value, downstream);
        return downstream;
    }
}
