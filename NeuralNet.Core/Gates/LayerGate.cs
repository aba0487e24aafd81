using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary>A layer as a gate, <c>Y = f(X; θ)</c>: <c>dX = upstream × ∂Y/∂X</c>, and the gradients by θ are added to the layer's parameters.</summary>
/// <remarks><b>Shapes:</b> those of the layer. Cached: what the layer caches.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="layer">The layer. It can stand in several gates; its gradients then add up.</param>
public sealed class LayerGate<T>(Layer<T> layer) : UnaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The layer.</summary>
    public Layer<T> Layer { get; } = layer ?? throw new ArgumentNullException(nameof(layer));

    /// <inheritdoc/>
    public override string Name => Layer.ToString() ?? Layer.GetType().Name;

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Composite;

    /// <inheritdoc/>
    public override bool IsElementwise => Layer is IFormula { IsElementwise: true };

    /// <inheritdoc/>
    public override string Formula(string x = "x") => Layer is IFormula formula ? formula.Formula(x) : $@"{Latex.Text(Name)}({x})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => Layer is IFormula formula
        ? formula.LocalGradient(x, y)
        : $@"G\,\frac{{\partial {Latex.Text(Name)}}}{{\partial {x}}}";

    internal override bool HasParameters => Layer.Parameters.Count > 0;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Cache<T> cache) => Layer.Forward(x, cache[0]);

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Cache<T> cache) =>
        Layer.Backward(upstream, cache[0]);

    internal override void AccumulateGradients(Matrix<T> upstream, Cache<T> cache) => Layer.AccumulateGradients(upstream, cache[0]);
}
