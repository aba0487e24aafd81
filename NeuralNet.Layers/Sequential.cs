using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers;

/// <summary>Layers one after the other: <c>Y = f_k(… f_2(f_1(X)))</c>. A Sequential is a layer itself, so it can stand in another.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Each layer's output must have the columns that the next one expects; checked when it is built.</para>
/// <para><b>Gradients.</b> The chain rule: the upstream of each layer is the downstream of the next.</para>
/// <para><b>Cached.</b> The layer at position i uses <c>cache[i]</c>, so one layer may stand at several positions; its gradients add up.</para>
/// <para><b>Parameters.</b> Those of the layers in order, named <c>position.name</c>; a parameter that appears twice is listed once,
/// under its first name.</para>
/// <para><b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sequential<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T>[] _layers;
    private readonly NamedParameter<T>[] _parameters;
    private readonly int? _inputSize;
    private readonly int _firstTrainable;

    /// <summary>A chain of layers.</summary>
    /// <param name="layers">The layers, first to last; at least one.</param>
    /// <exception cref="ArgumentException">There are no layers, or two neighbours do not fit.</exception>
    public Sequential(params IEnumerable<Layer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        _layers = [.. layers];
        if (_layers.Length == 0 || _layers.Contains(null!))
        {
            throw new ArgumentException("A Sequential needs at least one layer, and none may be null.", nameof(layers));
        }

        _inputSize = CheckSizes();
        _parameters = [.. AllParameters().DistinctBy(named => named.Parameter)];
        _firstTrainable = Array.FindIndex(_layers, layer => layer.Parameters.Count > 0);
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <inheritdoc/>
    public override int? InputSize => _inputSize;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedParameter<T>> Parameters => _parameters;

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
    public override string ToString() => $"Sequential({string.Join<Layer<T>>(", ", _layers)})";

    /// <summary>A table of the layers with their output shapes and numbers of parameters, and the total.</summary>
    public string Summary()
    {
        List<(string Position, string Layer, string Output, string Parameters)> rows = [("", "layer", "output", "parameters")];
        AddRows(rows, "", InputSize);
        rows.Add(("", "total", "", Count(_parameters)));
        int position = rows.Max(row => row.Position.Length), layer = rows.Max(row => row.Layer.Length);
        int output = rows.Max(row => row.Output.Length), parameters = rows.Max(row => row.Parameters.Length);
        return string.Join(Environment.NewLine, rows.Select(row =>
            $"{row.Position.PadRight(position)}  {row.Layer.PadRight(layer)}  {row.Output.PadRight(output)}  {row.Parameters.PadLeft(parameters)}"));
    }

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
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache) =>
        BackwardDownTo(0, upstream, cache);

    /// <inheritdoc/>
    protected override void AccumulateGradientsCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache)
    {
        // Below the first layer with parameters nobody asks for a gradient, and of that layer only for its parameters'.
        if (_firstTrainable >= 0)
        {
            upstream = BackwardDownTo(_firstTrainable + 1, upstream, cache);
            _layers[_firstTrainable].AccumulateGradients(upstream, cache[_firstTrainable]);
        }
    }

    private static string Count(IEnumerable<NamedParameter<T>> parameters) =>
        parameters.Sum(named => (long)named.Parameter.Count).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private Matrix<T> BackwardDownTo(int last, Matrix<T> upstream, Cache<T> cache)
    {
        for (int i = _layers.Length - 1; i >= last; i--)
        {
            upstream = _layers[i].Backward(upstream, cache[i]);
        }

        return upstream;
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

    private IEnumerable<NamedParameter<T>> AllParameters()
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            foreach (NamedParameter<T> named in _layers[i].Parameters)
            {
                yield return named with { Name = $"{i}.{named.Name}" };
            }
        }
    }

    private void AddRows(List<(string Position, string Layer, string Output, string Parameters)> rows, string prefix, int? size)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i] is Sequential<T> inner)
            {
                inner.AddRows(rows, $"{prefix}{i}.", size);
            }
            else
            {
                int? output = _layers[i].OutputSize(size);
                string columns = output?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any";
                rows.Add(($"{prefix}{i}", _layers[i].ToString()!, $"[N×{columns}]", Count(_layers[i].Parameters)));
            }

            size = _layers[i].OutputSize(size);
        }
    }
}
