namespace NeuralNet.Core.Kernels.Threads;

/// <summary>Work whose pieces a delegate does.</summary>
internal sealed class DelegateWork<TState> : IParallelWork
{
    [ThreadStatic]
    private static DelegateWork<TState>? _ofThread;

    private Action<int, TState> _body = null!;
    private TState _state = default!;

    /// <summary>Does all pieces.</summary>
    public static void Run(WorkerPool pool, int pieces, TState state, Action<int, TState> body)
    {
        // The body may come here again on this thread: then it finds none and makes another.
        DelegateWork<TState> work = _ofThread ?? new DelegateWork<TState>();
        _ofThread = null;
        (work._body, work._state) = (body, state);
        try
        {
            pool.Run(work, pieces);
        }
        finally
        {
            (work._body, work._state) = (null!, default!);
            _ofThread = work;
        }
    }

    /// <inheritdoc/>
    public void Do(int piece) => _body(piece, _state);
}
