using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>A layer with a way around it: <c>Y = f(X) + X</c>, or <c>Y = f(X) + g(X)</c> with a layer g as the shortcut where f changes the shape.</summary>
/// <remarks>
/// <para><b>Shapes.</b> f and the shortcut give samples of one shape; without a shortcut it is that of X. Checked when it is built, as far as shapes are known then.</para>
/// <para><b>Gradients.</b> <c>dX</c> is the sum of both ways: that through f, and dY itself or that through g.</para>
/// <para><b>Cached.</b> By the parts; f uses <c>cache[0]</c>, the shortcut <c>cache[1]</c>. <b>Parameters.</b> Those of f and of the shortcut, named <c>inner.…</c> and
/// <c>shortcut.…</c>.</para>
/// <para><b>Source.</b> He, Zhang, Ren and Sun (2015), "Deep residual learning for image recognition", equations 1 and 2. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Residual<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T> _inner;
    private readonly Layer<T>? _shortcut;

    /// <summary>A layer with a way around it.</summary>
    /// <param name="inner">f.</param>
    /// <param name="shortcut">g; null, the default, for X itself.</param>
    /// <exception cref="ArgumentException">The shapes that both take or give are known and differ.</exception>
    public Residual(Layer<T> inner, Layer<T>? shortcut = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        (_inner, _shortcut) = (inner, shortcut);
        Children = shortcut is null ? [new("inner", inner)] : [new("inner", inner), new("shortcut", shortcut)];
        if (inner.InputShape is SampleShape ofInner && shortcut?.InputShape is SampleShape ofShortcut && ofInner != ofShortcut)
        {
            throw new ArgumentException($"{this} gives its input to both ways, but {inner} expects [N×{ofInner}] and {shortcut} expects [N×{ofShortcut}].", nameof(shortcut));
        }

        InputShape = inner.InputShape ?? shortcut?.InputShape;
        OutputShape(InputShape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <inheritdoc/>
    public override SampleShape? InputShape { get; }

    /// <summary><c>Residual(f)</c> or <c>Residual(f, g)</c>.</summary>
    public override string Name => _shortcut is null ? $"Residual({_inner})" : $"Residual({_inner}, {_shortcut})";

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        SampleShape? ofInner = _inner.OutputShape(input), around = _shortcut is null ? input : _shortcut.OutputShape(input);
        return ofInner is SampleShape one && around is SampleShape other && one != other
            ? throw new ArgumentException(
                $"{this} adds both ways, but {_inner} gives [N×{one}] and {_shortcut?.ToString() ?? "the input"} [N×{other}]." +
                (_shortcut is null ? " A shortcut brings the input to that shape." : ""), nameof(input))
            : ofInner ?? around;
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> through = _inner.Forward(input, cache[0]), around = _shortcut is null ? input : _shortcut.Forward(input, cache[1]);
        if (!through.HasShapeOf(around))
        {
            throw new ArgumentException(
                $"{this} adds both ways, but of input {input.Shape()} {_inner} makes {through.Shape()} and {_shortcut?.ToString() ?? "the way around"} {around.Shape()}.", nameof(input));
        }

        Matrix<T> output = cache.Buffer(0, through.RowCount, through.ColumnCount);
        TensorPrimitives.Add<T>(through.AsSpan(), around.AsSpan(), output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        if (!isInputWanted)
        {
            _inner.Backward(upstream, Wanted.None, cache[0]);
            _shortcut?.Backward(upstream, Wanted.None, cache[1]);
            return null;
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        Matrix<T> through = _inner.Backward(upstream, cache[0]), around = _shortcut is null ? upstream : _shortcut.Backward(upstream, cache[1]);
        TensorPrimitives.Add<T>(through.AsSpan(), around.AsSpan(), downstream.AsSpan());
        return downstream;
    }
}
