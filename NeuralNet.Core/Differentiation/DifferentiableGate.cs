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
    private readonly FrozenState<T> _state;

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
        _state = new FrozenState<T>(gate);
    }

    /// <summary>The function.</summary>
    /// <param name="name">What reports call it.</param>
    public DifferentiableFunction<T> Create(string name) => new(
        name,
        [
            .. _names.Select((input, i) => new NamedMatrix<T>(input, _inputs[i])),
            .. _gate.Parameters.Select(p => new NamedMatrix<T>(p.Name, p.Parameter.Value)),
        ],
        () => Forward(_cache),
        upstream => BackwardAgain(upstream, clears: true))
    {
        BackwardAgain = upstream => [.. BackwardAgain(upstream, clears: false).Select((gradient, i) => i < _names.Length ? null : gradient)],
        OtherForwards = [.. OtherForwards()],
        OtherBackwards = [.. OtherBackwards()],
        Changed = () => _state.Changed,
    };

    // Each pass draws the same random numbers and finds the same states, and leaves them so.
    private Matrix<T> Forward(Cache<T> cache) => Frozen(() => _gate.Forward(_inputs, cache), cache.IsTraining);

    private Matrix<T> Frozen(Func<Matrix<T>> forward, bool isTraining)
    {
        try
        {
            return forward();
        }
        finally
        {
            _state.AfterForward(isTraining);
        }
    }

    private IEnumerable<ForwardPath<T>> OtherForwards()
    {
        var forgetful = new Cache<T>(_cache.IsTraining, keeps: false);
        yield return new("with a cache that keeps nothing", () => Forward(forgetful));
        if (_gate is Layer<T> layer)
        {
            yield return new("of one input", () => Frozen(() => layer.Forward(_inputs[0], forgetful), forgetful.IsTraining));
            if (!_cache.IsTraining)
            {
                yield return new("without a cache", () => Frozen(() => layer.Forward(_inputs[0]), isTraining: false));
            }
        }
    }

    private IEnumerable<BackwardPath<T>> OtherBackwards()
    {
        if (_names.Length > 0 && _gate.HasParameters)
        {
            yield return new("by parameters alone", upstream => Backward(upstream, [], clears: true));
        }

        for (int i = 0; i < _names.Length && _names.Length > 1; i++)
        {
            bool[] wanted = [.. _names.Select((_, k) => k == i)];
            yield return new($"with {_names[i]} alone wanted", upstream => Backward(upstream, wanted, clears: true));
        }

        if (_names.Length == 1 && _gate is Layer<T> layer)
        {
            yield return new("by the layer's own Backward", upstream => Around(clears: true, () => [layer.Backward(upstream, _cache)]));
        }
    }

    private List<Matrix<T>> BackwardAgain(Matrix<T> upstream, bool clears)
    {
        bool[] all = [.. _names.Select(_ => true)];
        return [.. Backward(upstream, all, clears).Select(gradient => gradient!)];
    }

    private List<Matrix<T>?> Backward(Matrix<T> upstream, bool[] wanted, bool clears) => Around(clears, () =>
    {
        bool isAll = wanted.Length > 0 && Array.TrueForAll(wanted, isWanted => isWanted);
        ReadOnlySpan<Matrix<T>?> downstream = _gate.Backward(upstream, isAll ? Wanted.All : wanted.Length == 0 ? Wanted.None : new Wanted(wanted), _cache);
        return [.. downstream[.._names.Length]];
    });

    private List<Matrix<T>?> Around(bool clears, Func<List<Matrix<T>?>> backward)
    {
        if (clears)
        {
            _gate.ZeroGradients();
        }

        _cache.Rewind();
        _state.BeforeBackward();
        try
        {
            return [.. backward(), .. _gate.Parameters.Select(p => p.Parameter.Gradient)];
        }
        finally
        {
            _state.AfterBackward();
        }
    }
}
