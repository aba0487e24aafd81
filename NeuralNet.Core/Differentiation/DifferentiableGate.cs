using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Differentiation;

/// <summary>A gate at its inputs as a function of them and of its parameters.</summary>
internal sealed class DifferentiableGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Cache<T> _cache;
    private readonly StateSnapshot<T> _start;
    private readonly Gate<T> _gate;
    private readonly Matrix<T>[] _inputs;
    private readonly bool _byInputs;

    public DifferentiableGate(Gate<T> gate, IReadOnlyList<Matrix<T>> inputs, bool byInputs, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(cache);
        (_gate, _cache, _inputs, _byInputs) = (gate, cache, [.. inputs], byInputs);
        _start = new StateSnapshot<T>(gate);
    }

    public DifferentiableFunction<T> Create()
    {
        List<NamedMatrix<T>> variables = _byInputs ? [.. _inputs.Select((input, i) => new NamedMatrix<T>(_gate.InputName(i), input))] : [];
        variables.AddRange(_gate.Parameters.Select(p => new NamedMatrix<T>(p.Name, p.Parameter.Value)));
        return new DifferentiableFunction<T>(_gate.ToString(), variables, Forward, Backward)
        {
            BackwardAgain = upstream => [.. BackwardAgain(upstream).Select((gradient, i) => _byInputs && i < _inputs.Length ? null : gradient)],
        };
    }

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
        ReadOnlySpan<Matrix<T>?> downstream = _gate.Backward(upstream, _byInputs ? Wanted.All : Wanted.None, _cache);
        List<Matrix<T>> gradients = [];
        for (int i = 0; _byInputs && i < downstream.Length; i++)
        {
            gradients.Add(downstream[i]!);
        }

        gradients.AddRange(_gate.Parameters.Select(p => p.Parameter.Gradient));
        return gradients;
    }
}
