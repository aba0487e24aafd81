namespace NeuralNet.Core;

/// <content>What makes wrong use an error: two threads at once, a loss of an earlier pass, a second way back, matrices that have changed.</content>
public sealed partial class Cache<T>
{
    private readonly ChangeDetector<T>? _changes;
    private int _thread;
    private bool _isSpent;
    private PassTime _lastForward;

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
        return other._lastForward.IsAfter(_lastForward);
    }

    /// <summary>Begins a forward pass: what was kept is forgotten.</summary>
    /// <exception cref="InvalidOperationException">Another thread has a pass under way.</exception>
    internal CacheUse<T> BeginForward(object user)
    {
        CacheUse<T> use = Begin(user);
        Forget();
        return use;
    }

    /// <summary>Begins a pass.</summary>
    /// <exception cref="InvalidOperationException">Another thread has a pass under way.</exception>
    internal CacheUse<T> Begin(object user)
    {
        // A pass inside a pass of the same thread ends with the outer one.
        int thread = Environment.CurrentManagedThreadId;
        if (IsPart || _thread == thread)
        {
            return default;
        }

        if (_thread != 0)
        {
            throw SharedBy(user);
        }

        _thread = thread;
        return new CacheUse<T>(this, user);
    }

    /// <summary>Ends a pass.</summary>
    /// <exception cref="InvalidOperationException">Another thread has begun one meanwhile.</exception>
    internal void End(object user)
    {
        int thread = _thread;
        _thread = 0;
        if (thread != Environment.CurrentManagedThreadId)
        {
            throw SharedBy(user);
        }
    }

    /// <summary>Takes the way back that a forward pass has, for a gate with parameters.</summary>
    /// <exception cref="InvalidOperationException">It was taken already.</exception>
    internal void Spend()
    {
        if (_isSpent && !IsPart)
        {
            throw new InvalidOperationException(
                $"Backward of {Owner} ran already for this forward pass; once more would add the gradients of the parameters a second time. " +
                $"If that is meant, call {nameof(Rewind)} of the cache before.");
        }

        _isSpent = true;
    }

    private void NoteKept() => _changes?.Note(Owner, _matrices.AsSpan(0, _matrixCount));

    private void ThrowIfChanged() => _changes?.ThrowIfChanged(Owner, _matrices.AsSpan(0, _matrixCount));

    private static InvalidOperationException SharedBy(object user) => new(
        $"{user} was given a cache that another thread is using at this moment, and both would get wrong answers. Give each thread a cache of its own.");
}
