using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Differentiation;

/// <summary>A gate at its inputs as a function of them and of its parameters.</summary>
internal sealed class DifferentiableGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Gate<T> _gate;
    private readonly string[] _names;
    private readonly Matrix<T>[] _inputs;
    private readonly Cache<T> _cache;
    private readonly StateSnapshot<T> _start;

    /// <summary>A gate at its inputs.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="names">What the inputs are called as variables; none where they are no variables.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="cache">The cache that the passes use.</param>
    public DifferentiableGate(Gate<T> gate, IEnumerable<string> names, IReadOnlyList<Matrix<T>> inputs, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(cache);
        (_gate, _names, _inputs, _cache) = (gate, [.. names], [.. inputs], cache);
        _start = new StateSnapshot<T>(gate);
    }

    /// <summary>The function.</summary>
    /// <param name="name">What reports call it.</param>
    public DifferentiableFunction<T> Create(string name) => new(
        name,
        [
            .. _names.Select((input, i) => new NamedMatrix<T>(input, _inputs[i])),
            .. _gate.Parameters.Select(p => new NamedMatrix<T>(p.Name, p.Parameter.Value)),
        ],
        Forward,
        Backward)
    {
        BackwardAgain = upstream => [.. BackwardAgain(upstream).Select((gradient, i) => i < _names.Length ? null : gradient)],
    };

    // Each pass draws the same random numbers and finds the same states, and leaves them so.
    private Matrix<T> Forward()
    {
        try
        {
            return _gate.Forward(_inputs, _cache);
        }
        finally
        {
            _start.Restore();
        }
    }

    private List<Matrix<T>> Backward(Matrix<T> upstream)
    {
        _gate.ZeroGradients();
        return BackwardAgain(upstream);
    }

    private List<Matrix<T>> BackwardAgain(Matrix<T> upstream)
    {
        _cache.Rewind();
        ReadOnlySpan<Matrix<T>?> downstream = _gate.Backward(upstream, _names.Length > 0 ? Wanted.All : Wanted.None, _cache);
        List<Matrix<T>> gradients = [];
        for (int i = 0; i < _names.Length; i++)
        {
            gradients.Add(downstream[i]!);
        }

        gradients.AddRange(_gate.Parameters.Select(p => p.Parameter.Gradient));
        return gradients;
    }
}
