using System.Runtime.CompilerServices;

namespace NeuralNet.Core;

/// <content>What makes wrong use an error: two threads at once, a loss of an earlier pass, a second way back, matrices that have changed.</content>
public sealed partial class Cache<T>
{
    private readonly ChangeDetector<T>? _changes;
    private bool _isInUse;
    private bool _isSpent;
    private long _lastForward;

    /// <summary>Whether a backward pass looks whether the inputs, the output or the parameters were changed since the forward pass, and throws if so: for tests
    /// and for finding a mistake, since all of them are read once more in each pass. By default false.</summary>
    public bool DetectsChanges
    {
        get => _changes is not null;
        init => _changes = value ? new ChangeDetector<T>() : null;
    }

    /// <summary>Whether this is the cache of a part: what is said of the whole cache holds for it, so it is not guarded again.</summary>
    internal bool IsPart { get; init; }

    /// <summary>Allows one more backward pass of the same forward pass, which adds to the gradients of the parameters again: for several losses on one output.</summary>
    public void Rewind() => _isSpent = false;

    /// <summary>Whether the last forward pass with this cache began before the last one with another, on the same thread. A loss asks it of the network's
    /// cache: if so, that holds another pass than the loss was computed from.</summary>
    /// <param name="other">The other cache; of a part, the answer is no.</param>
    public bool IsOlderThan(Cache<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PassTime.IsAfter(other._lastForward, _lastForward);
    }

    /// <summary>Begins a forward pass with a whole cache.</summary>
    /// <exception cref="InvalidOperationException">Another pass is under way.</exception>
    internal void BeginForward(object user)
    {
        Begin(user);
        StartAnew();
    }

    /// <summary>Begins a pass; in a part, nothing is to be done.</summary>
    /// <exception cref="InvalidOperationException">Another pass is under way.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Begin(object user)
    {
        if (IsPart)
        {
            return;
        }

        if (_isInUse)
        {
            ThrowShared(user);
        }

        _isInUse = true;
    }

    /// <summary>Ends a pass.</summary>
    /// <exception cref="InvalidOperationException">Another has ended meanwhile: both began in the same moment.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void End(object user)
    {
        if (IsPart)
        {
            return;
        }

        if (!_isInUse)
        {
            ThrowShared(user);
        }

        _isInUse = false;
    }

    /// <summary>Ends a pass that failed.</summary>
    internal void Abandon() => _isInUse = false;

    /// <summary>Takes the way back that a forward pass has, for a gate with parameters.</summary>
    /// <exception cref="InvalidOperationException">It was taken already.</exception>
    internal void Spend()
    {
        if (_isSpent)
        {
            throw new InvalidOperationException(
                $"Backward of {Owner} ran already for this forward pass; once more would add the gradients of the parameters a second time. " +
                $"If that is meant, call {nameof(Rewind)} of the cache before.");
        }

        _isSpent = true;
    }

    private void StartAnew()
    {
        _isSpent = false;
        _lastForward = PassTime.Next();
    }

    private static void ThrowShared(object user) => throw new InvalidOperationException(
        $"{user} was given a cache that another pass is using at this moment, and both would get wrong answers. Give each thread a cache of its own, " +
        "and each part of a gate its part of the cache, cache[i].");
}
