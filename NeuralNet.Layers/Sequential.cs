using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers;

/// <summary>Layers one after the other: <c>Y = f_k(… f_2(f_1(X)))</c>. A Sequential is a layer itself, so it can stand in another.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Each layer's output must have the columns that the next one expects; checked when it is built.</para>
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
    private readonly int? _inputSize;
    private readonly int _firstTrainable;

    /// <summary>A chain of layers.</summary>
    /// <param name="layers">The layers, first to last, each with a name or without; at least one.</param>
    /// <exception cref="ArgumentException">There are no layers, two neighbours do not fit, or a name is taken, empty, has a dot, or is a number that
    /// is not the layer's position.</exception>
    public Sequential(params IEnumerable<SequentialPart<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        SequentialPart<T>[] parts = [.. layers];
        _layers = [.. parts.Select(part => part.Layer)];
        if (_layers.Length == 0 || _layers.Contains(null!))
        {
            throw new ArgumentException("A Sequential needs at least one layer, and none may be null.", nameof(layers));
        }

        _children = [.. parts.Select((part, i) => new NamedGate<T>(NameOf(part, i), part.Layer))];
        if (_children.GroupBy(child => child.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two layers of a Sequential are named {twice.Key}; names are unique.", nameof(layers));
        }

        _inputSize = CheckSizes();
        _firstTrainable = Array.FindIndex(_layers, layer => layer.Parameters.Count > 0);
    }

    /// <summary>A chain of layers that are named by their positions.</summary>
    /// <param name="layers">The layers, first to last; at least one.</param>
    /// <exception cref="ArgumentException">There are no layers, or two neighbours do not fit.</exception>
    public Sequential(IEnumerable<Layer<T>> layers)
        : this((layers ?? throw new ArgumentNullException(nameof(layers))).Select(layer => new SequentialPart<T>(null, layer)))
    {
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children => _children;

    /// <inheritdoc/>
    public override int? InputSize => _inputSize;

    /// <inheritdoc/>
    public override int? OutputSize(int? inputSize)
    {
        foreach (Layer<T> layer in _layers)
        {
            inputSize = layer.OutputSize(inputSize);
        }

        return inputSize;
    }

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

    private static string NameOf(SequentialPart<T> part, int position)
    {
        string atPosition = position.ToString(CultureInfo.InvariantCulture);
        string name = part.Name ?? atPosition;
        bool isWrong = string.IsNullOrWhiteSpace(name) || name.Contains('.', StringComparison.Ordinal)
            || (name != atPosition && name.All(char.IsAsciiDigit));
        return isWrong
            ? throw new ArgumentException($"Layer {position} of a Sequential cannot be named '{name}': a name has no dot, and is no position but its own.")
            : name;
    }

    private int? CheckSizes()
    {
        int? first = null, size = null;
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i].InputSize is int expected)
            {
                if (size is int actual && actual != expected)
                {
                    throw new ArgumentException(
                        $"Layer {i}, {_layers[i]}, expects input [N×{expected}], but layer {i - 1}, {_layers[i - 1]}, gives [N×{actual}].");
                }

                // Layers before this one that keep any size they are given pass the expectation on to the input.
                first ??= size is null && _layers.Take(i).All(layer => layer.OutputSize(expected) == expected) ? expected : null;
            }

            size = _layers[i].OutputSize(size);
        }

        return first;
    }
}
