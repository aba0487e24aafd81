using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Functions;

namespace NeuralNet.Layers.Activations;

/// <summary>A layer that applies one function to every element: <c>Y_ij = f(X_ij)</c>, <c>dX_ij = dY_ij·f′(X_ij)</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×D]</c>, any D. <b>Cached.</b> X and Y, by reference. <b>Parameters.</b> None.</para>
/// <para><b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TFunction">The function and its derivative.</typeparam>
/// <param name="function">The function, with its settings where it has any.</param>
public abstract class Activation<T, TFunction>(TFunction function) : Layer<T>, IFormula
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFunction : struct, IElementwiseFunction<T>
{
    private const int Output = 0;
    private const int Downstream = 1;

    /// <inheritdoc/>
    public string Formula(string x) => function.Formula(x);

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => function.LocalGradient(x, y);

    /// <inheritdoc/>
    public bool IsElementwise => true;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(Output, input.RowCount, input.ColumnCount);
        function.Forward(input.AsSpan(), output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(Downstream, input.RowCount, input.ColumnCount);
        function.Backward(input.AsSpan(), output.AsSpan(), upstream.AsSpan(), downstream.AsSpan());
        return downstream;
    }

    /// <summary>There are no parameters, so there is nothing to do.</summary>
    protected override void AccumulateGradientsCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache)
    {
    }
}
