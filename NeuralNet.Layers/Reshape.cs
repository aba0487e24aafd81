using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Takes samples as ones of another shape with as many values, such as vectors of 784 as images of 1×28×28. Nothing is moved or copied.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·P)]</c>, Y the same matrix, feature <c>c·P + p</c> being channel c at position p.</para>
/// <para><b>Gradients.</b> dX is the upstream matrix itself. <b>Cached.</b> X. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="shape">The shape of a sample of the output, of at least one value.</param>
public sealed class Reshape<T>(SampleShape shape) : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The shape of a sample of the output.</summary>
    public SampleShape Shape { get; } = shape.Size > 0 ? shape : throw new ArgumentException("A Reshape needs a shape of at least one value.", nameof(shape));

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Carrier;

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("shape", Shape.ToString()));

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => input is null || Shape.CanReshapeTo(input.Value)
        ? Shape
        : throw new ArgumentException($"{this} expects samples of {Shape.Size} values, got {input}, which has {input.Value.Size}.", nameof(input));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => x;

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => "G";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        OutputShape(input.ColumnCount);
        input.AsSpan();
        return input;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) => upstream;
}
