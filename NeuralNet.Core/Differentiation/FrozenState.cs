using System.Numerics;

namespace NeuralNet.Core.Differentiation;

/// <summary>The states and generators of a gate while it is examined: every forward pass finds them as they were at the start, every backward pass as its
/// forward pass left them, and afterwards they are what they were.</summary>
/// <remarks>
/// <para>A backward pass has nothing to change in them: one that draws random numbers makes another mask than the forward pass had. What it changed is
/// told (<see cref="Changed"/>), and so is what a forward pass in evaluation changed.</para>
/// <para><b>Threads.</b> As the gate.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class FrozenState<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Gate<T> _gate;
    private readonly StateSnapshot<T> _start;
    private readonly HashSet<string> _changed = [];
    private StateSnapshot<T> _afterForward;

    /// <summary>Freezes what a gate holds now.</summary>
    /// <param name="gate">The gate, with its children.</param>
    public FrozenState(Gate<T> gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        _gate = gate;
        _start = _afterForward = new StateSnapshot<T>(gate);
    }

    /// <summary>What passes changed that they had to leave, in words: <c>the state mean (Backward)</c>.</summary>
    public IReadOnlyCollection<string> Changed => _changed;

    /// <summary>To be called after each forward pass.</summary>
    /// <param name="isTraining">Whether it was one of training, which may change states.</param>
    public void AfterForward(bool isTraining)
    {
        if (!isTraining)
        {
            _changed.UnionWith(_start.Changes().Select(what => $"{what} (Forward in evaluation)"));
        }

        _afterForward = new StateSnapshot<T>(_gate);
        _start.Restore();
    }

    /// <summary>To be called before each backward pass.</summary>
    public void BeforeBackward() => _afterForward.Restore();

    /// <summary>To be called after each backward pass.</summary>
    public void AfterBackward()
    {
        _changed.UnionWith(_afterForward.Changes().Select(what => $"{what} (Backward)"));
        _start.Restore();
    }
}
