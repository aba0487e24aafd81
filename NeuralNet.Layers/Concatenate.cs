using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>The same input through several layers, with their outputs side by side: <c>Y = [f₁(X) f₂(X) …]</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Outputs have the same positions, and their channels are put one behind the other: <c>C₁×P</c> and <c>C₂×P</c> give <c>(C₁+C₂)×P</c>, vectors of D₁ and D₂
/// a vector of D₁+D₂. Checked when it is built, as far as shapes are known then.</para>
/// <para><b>Gradients.</b> Each part gets its columns of dY; <c>dX</c> is the sum of what they give.</para>
/// <para><b>Cached.</b> By the parts: the part at position i uses <c>cache[i]</c>. <b>Parameters.</b> Those of the parts in order, named as in a <see cref="Sequential{T}"/>.</para>
/// <para><b>Source.</b> Szegedy and others (2014), "Going deeper with convolutions", figure 2. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <example>
/// Words and how they are written, two tables for two halves of the columns:
/// <code>
/// new Concatenate&lt;float&gt;(
///     ("word", new Sequential&lt;float&gt;(new SliceGate&lt;float&gt;(.., ..5), new Embedding&lt;float&gt;(10_000, 50, random))),
///     ("capitals", new Sequential&lt;float&gt;(new SliceGate&lt;float&gt;(.., 5..10), new Embedding&lt;float&gt;(4, 5, random))))
/// </code>
/// </example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Concatenate<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FirstUpstreamSlot = 2;
    private readonly Layer<T>[] _layers;

    /// <summary>Layers side by side.</summary>
    /// <param name="layers">The layers in order, each with a name or without; at least one.</param>
    /// <exception cref="ArgumentException">There are no layers, the shapes that they take or give are known and do not fit, or a name is taken, empty, has a dot, or is
    /// a number that is not the layer's position.</exception>
    public Concatenate(params IEnumerable<SequentialPart<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        SequentialPart<T>[] parts = [.. layers];
        Children = SequentialPart<T>.Named(parts, nameof(Concatenate<>));
        _layers = [.. parts.Select(part => part.Layer)];
        Layer<T>? first = Array.Find(_layers, layer => layer.InputShape is not null);
        if (Array.Find(_layers, layer => layer.InputShape is SampleShape shape && shape != first!.InputShape) is { } other)
        {
            throw new ArgumentException($"{this} gives its input to all parts, but {first} expects [N×{first!.InputShape}] and {other} expects [N×{other.InputShape}].", nameof(layers));
        }

        InputShape = first?.InputShape;
        OutputShape(InputShape);
    }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<Layer<T>> Layers => _layers;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <inheritdoc/>
    public override SampleShape? InputShape { get; }

    /// <summary><c>Concatenate(f₁, f₂)</c>.</summary>
    public override string Name => $"Concatenate({string.Join<Layer<T>>(", ", _layers)})";

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        SampleShape? all = null;
        bool areKnown = true;
        foreach (Layer<T> layer in _layers)
        {
            SampleShape? next = layer.OutputShape(input);
            areKnown &= next is not null;
            if (all is SampleShape before && next is SampleShape shape)
            {
                all = shape.WithChannels(before.Channels) == before
                    ? shape.WithChannels(checked(before.Channels + shape.Channels))
                    : throw new ArgumentException(
                        $"{this} puts channels side by side, but {layer} gives [N×{shape}], whose positions are not those of the [N×{before}] before it. A Flatten makes vectors of both.", nameof(input));
            }

            all ??= next;
        }

        return areKnown ? all : null;
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => ForwardFrom(0, 0, input, cache);

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T>? downstream = isInputWanted ? cache.Buffer(1, input.RowCount, input.ColumnCount) : null;
        ReadOnlySpan<T> rest = upstream.AsSpan();
        for (int i = 0; i < _layers.Length; i++)
        {
            Matrix<T> ofPart = cache.Buffer(FirstUpstreamSlot + i, upstream.RowCount, cache[i].Recall(_layers[i])[^1].ColumnCount);
            rest[..ofPart.AsSpan().Length].CopyTo(ofPart.AsSpan());
            rest = rest[ofPart.AsSpan().Length..];
            if (downstream is null)
            {
                _layers[i].Backward(ofPart, Wanted.None, cache[i]);
                continue;
            }

            ReadOnlySpan<T> through = _layers[i].Backward(ofPart, cache[i]).AsSpan();
            if (i == 0)
            {
                through.CopyTo(downstream.AsSpan());
            }
            else
            {
                TensorPrimitives.Add(downstream.AsSpan(), through, downstream.AsSpan());
            }
        }

        return downstream;
    }

    // How wide the output is, is known behind the last part; each puts its columns there on the way back.
    private Matrix<T> ForwardFrom(int position, int column, Matrix<T> input, Cache<T> cache)
    {
        if (position == _layers.Length)
        {
            return cache.Buffer(0, input.RowCount, column);
        }

        Matrix<T> part = _layers[position].Forward(input, cache[position]);
        if (part.RowCount != input.RowCount)
        {
            throw new ArgumentException($"{this} puts outputs side by side, a row a sample, but of input {input.Shape()} {_layers[position]} makes {part.Shape()}.", nameof(input));
        }

        Matrix<T> output = ForwardFrom(position + 1, checked(column + part.ColumnCount), input, cache);
        part.AsSpan().CopyTo(output.AsSpan()[(column * input.RowCount)..]);
        return output;
    }
}
