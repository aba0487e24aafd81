using System.Numerics;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Core;

/// <summary>What a gate holds beside its parameters, its <see cref="Gate{T}.States"/> and <see cref="Gate{T}.Generators"/>, as it was at one moment:
/// to make forward passes that repeat each other to the bit, and leave no trace.</summary>
/// <remarks><b>Threads.</b> As the gate.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class StateSnapshot<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly (NamedState<T> State, T[] Values)[] _states;
    private readonly (NamedGenerator Named, PhiloxState State)[] _generators;

    /// <summary>Copies what the gates hold.</summary>
    /// <param name="gates">The gates, with their children.</param>
    public StateSnapshot(params IEnumerable<Gate<T>> gates)
    {
        ArgumentNullException.ThrowIfNull(gates);
        Gate<T>[] all = [.. gates];
        _states = [.. all.SelectMany(gate => gate.States).Select(state => (state, state.Value.AsSpan().ToArray()))];
        _generators = [.. all.SelectMany(gate => gate.Generators).Select(named => (named, named.Generator.State))];
    }

    /// <summary>Puts everything back as it was.</summary>
    public void Restore()
    {
        foreach ((NamedState<T> state, T[] values) in _states)
        {
            values.CopyTo(state.Value.AsSpan());
        }

        foreach ((NamedGenerator named, PhiloxState state) in _generators)
        {
            named.Generator.State = state;
        }
    }

    /// <summary>What is not as it was, in words: <c>the state mean</c>, <c>the generator mask</c>.</summary>
    public IEnumerable<string> Changes() =>
        _states.Where(s => !s.State.Value.AsSpan().SequenceEqual(s.Values)).Select(s => $"the state {s.State.Name}")
            .Concat(_generators.Where(g => !g.Named.Generator.State.Equals(g.State)).Select(g => $"the generator {g.Named.Name}"));
}
