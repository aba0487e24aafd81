namespace NeuralNet.Core;

/// <summary>The inputs of a gate whose gradients a backward pass is to compute. Gradients by parameters are always computed.</summary>
/// <remarks>A training step has no use for the gradient by the data, and for a first layer it is as much work as the forward pass.</remarks>
public readonly ref struct Wanted
{
    private readonly ReadOnlySpan<bool> _inputs;
    private readonly bool _others;

    /// <summary>Those that are marked.</summary>
    /// <param name="inputs">For each input in order whether its gradient is wanted; inputs beyond the last are not.</param>
    public Wanted(ReadOnlySpan<bool> inputs) => _inputs = inputs;

    private Wanted(bool others) => _others = others;

    /// <summary>The gradients by all inputs.</summary>
    public static Wanted All => new(others: true);

    /// <summary>No gradient by an input: those by the parameters only.</summary>
    public static Wanted None => default;

    /// <summary>Whether the gradient by an input is wanted.</summary>
    /// <param name="input">Which input, from 0.</param>
    public bool this[int input] => (uint)input < (uint)_inputs.Length ? _inputs[input] : _others;
}
