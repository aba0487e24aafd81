using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Layers one after the other: <c>Y = f_k(… f_2(f_1(X)))</c>. A Sequential is a layer itself, so it can stand in another.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Each layer's output must have the shape that the next one expects; checked when it is built.</para>
/// <para><b>Gradients.</b> The chain rule: the upstream of each layer is the downstream of the next.</para>
/// <para><b>Cached.</b> The layer at position i uses <c>cache[i]</c>, so one layer may stand at several positions; its gradients add up.</para>
/// <para><b>Parameters.</b> Those of the layers in order, named <c>layer.name</c>. A layer's name is its position, unless it was given one, as in
/// <c>new Sequential&lt;float&gt;(("hidden", new Linear&lt;float&gt;(784, 256, random)), new ReLU&lt;float&gt;(), …)</c>: then inserting a
/// layer before it does not rename its parameters.</para>
/// <para><b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sequential<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T>[] _layers;
    private readonly NamedGate<T>[] _children;
    private readonly SampleShape? _inputShape;
    private readonly int _firstTrainable;

    /// <summary>A chain of layers.</summary>
    /// <param name="layers">The layers, first to last, each with a name or without; at least one.</param>
    /// <exception cref="ArgumentException">There are no layers, two neighbours do not fit, or a name is taken, empty, has a dot, or is a number that
    /// is not the layer's position.</exception>
    public Sequential(params IEnumerable<SequentialPart<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        SequentialPart<T>[] parts = [.. layers];
        _children = SequentialPart<T>.Named(parts, nameof(Sequential<>));
        _layers = [.. parts.Select(part => part.Layer)];
        _inputShape = CheckShapes();
        _firstTrainable = Array.FindIndex(_layers, layer => layer.Parameters.Count > 0);
    }

    /// <summary>A chain of layers that are named by their positions.</summary>
    /// <param name="layers">The layers, first to last; at least one.</param>
    /// <exception cref="ArgumentException">There are no layers, or two neighbours do not fit.</exception>
    public Sequential(IEnumerable<Layer<T>> layers)
        : this((layers ?? throw new ArgumentNullException(nameof(layers))).Select(layer => new SequentialPart<T>(null, layer)))
    {
    }

    /// <summary>A chain of layers, each made for the shape of what comes before it: so that sizes of images need not be computed by hand.</summary>
    /// <example><code>
    /// var net = Sequential&lt;float&gt;.From(SampleShape.Image(1, 28, 28),
    ///     shape => new Convolution&lt;float&gt;(shape, 8, 5, random, padding: 2),
    ///     _ => new ReLU&lt;float&gt;(),
    ///     shape => new MaxPool&lt;float&gt;(shape, 2),
    ///     _ => new Flatten&lt;float&gt;(),
    ///     shape => ("classes", new Linear&lt;float&gt;(shape.Size, 10, random)));
    /// </code></example>
    /// <param name="input">The shape of a sample of the input.</param>
    /// <param name="layers">For each layer, first to last, how it is made for a shape of its input; at least one.</param>
    /// <exception cref="ArgumentException">There are no layers, two neighbours do not fit, a layer does not say what shape it gives, or a name is wrong.</exception>
    public static Sequential<T> From(SampleShape input, params IEnumerable<Func<SampleShape, SequentialPart<T>>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        List<SequentialPart<T>> parts = [];
        SampleShape? shape = input;
        foreach (Func<SampleShape, SequentialPart<T>> make in layers)
        {
            ArgumentNullException.ThrowIfNull(make, nameof(layers));
            parts.Add(make(shape ?? throw new ArgumentException(
                $"Layer {parts.Count} cannot be made for its input: layer {parts.Count - 1}, {parts[^1].Layer}, does not say what shape it gives.", nameof(layers))));
            shape = parts[^1].Layer?.OutputShape(shape);
        }

        return new Sequential<T>(parts);
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children => _children;

    /// <inheritdoc/>
    public override SampleShape? InputShape => _inputShape;

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => _layers.Aggregate(input, (shape, layer) => layer.OutputShape(shape));

    /// <summary>That of the layer where there is one only, otherwise composite.</summary>
    public override FlowPattern Pattern => _layers is [Layer<T> only] ? only.Pattern : FlowPattern.Composite;

    /// <summary><c>Sequential(Linear(784 → 128), ReLU, Linear(128 → 10))</c>.</summary>
    public override string Name => $"Sequential({string.Join<Layer<T>>(", ", _layers)})";

    /// <summary>A table of the layers with their output shapes and numbers of parameters, and the total.</summary>
    public string Summary() => NetworkSummary.Of(this);

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = input;
        for (int i = 0; i < _layers.Length; i++)
        {
            output = _layers[i].Forward(output, cache[i]);
        }

        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        // Below the first layer with parameters nobody asks for a gradient then, and of that layer only for its parameters'.
        int last = isInputWanted ? 0 : _firstTrainable + 1;
        for (int i = _layers.Length - 1; i >= last; i--)
        {
            upstream = _layers[i].Backward(upstream, cache[i]);
        }

        if (isInputWanted)
        {
            return upstream;
        }

        _layers[_firstTrainable].Backward(upstream, Wanted.None, cache[_firstTrainable]);
        return null;
    }

    private SampleShape? CheckShapes()
    {
        SampleShape? first = null, shape = null;
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i].InputShape is SampleShape expected)
            {
                if (shape is SampleShape actual && actual != expected)
                {
                    throw new ArgumentException(
                        $"Layer {i}, {_layers[i]}, expects input [N×{expected}], but layer {i - 1}, {_layers[i - 1]}, gives [N×{actual}]." +
                        (actual.CanReshapeTo(expected) ? " A Flatten or Reshape between them says that this is meant." : ""));
                }

                // Layers before this one that keep any shape they are given pass the expectation on to the input.
                first ??= shape is null && _layers.Take(i).All(layer => layer.InputShape is null && Keeps(layer, expected)) ? expected : null;
            }

            try
            {
                shape = _layers[i].OutputShape(shape);
            }
            catch (ArgumentException exception) when (i > 0)
            {
                throw new ArgumentException(
                    $"Layer {i}, {_layers[i]}, cannot take [N×{shape?.ToString() ?? "any"}], which layer {i - 1}, {_layers[i - 1]}, gives: {exception.Message}", exception);
            }
        }

        return first;
    }

    // A layer that refuses the shape as its input may well give it, as a Maxout of two pieces gives three values of six.
    private static bool Keeps(Layer<T> layer, SampleShape shape)
    {
        try
        {
            return layer.OutputShape(shape) == shape;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
