using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>Passes through a gate of a catalogue, all with the same random numbers and states.</summary>
/// <param name="entry">The entry.</param>
/// <param name="training">Whether they are as in training, or as in evaluation with a way back.</param>
internal sealed class GatePass<T>(GateEntry<T> entry, bool training = true) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly StateSnapshot<T> _start = new(entry.Gate);

    public Gate<T> Gate => entry.Gate;

    public Cache<T> Cache { get; } = new(training, keeps: true);

    /// <summary>The output for random inputs, valid until the next.</summary>
    public Matrix<T> Forward(int samples, int seed = 1) => Forward(entry.Inputs(samples, seed));

    /// <summary>The output for inputs, valid until the next.</summary>
    public Matrix<T> Forward(Matrix<T>[] inputs)
    {
        _start.Restore();
        return Gate.Forward(inputs, Cache);
    }

    /// <summary>The gradients by all inputs, and then by all parameters, as copies; upstream is random.</summary>
    public Matrix<T>?[] Backward(Matrix<T> output) => Backward(output, Wanted.All);

    /// <summary>As <see cref="Backward(Matrix{T})"/>, for the inputs that are wanted.</summary>
    public Matrix<T>?[] Backward(Matrix<T> output, Wanted wanted)
    {
        Gate.ZeroGradients();
        return BackwardAgain(output, wanted);
    }

    /// <summary>As <see cref="Backward(Matrix{T}, Wanted)"/>, but adding to the gradients by the parameters.</summary>
    public Matrix<T>?[] BackwardAgain(Matrix<T> output, Wanted wanted)
    {
        Matrix<T> upstream = Some.Matrix<T>(output.RowCount, output.ColumnCount, seed: 3);
        Cache.Rewind();
        Matrix<T>?[] downstream = Gate.Backward(upstream, wanted, Cache).ToArray();
        return [.. downstream.Select(gradient => gradient?.Clone()), .. Gate.Parameters.Select(named => named.Parameter.Gradient.Clone())];
    }

    /// <summary>The same gate with a cache that nothing was computed with.</summary>
    public GatePass<T> WithFreshCache()
    {
        _start.Restore();
        return new(entry, training);
    }
}
