using System.Numerics;

namespace NeuralNet.Core.Ranks;

/// <summary>The only rank there is: every sum and gathering is its own, and all work is done at once.</summary>
internal sealed class AloneCommunicator(string reason) : ICommunicator
{
    public int Rank => 0;

    public int Size => 1;

    public int LocalRank => 0;

    public int LocalSize => 1;

    public string Description { get; } = $"ranks: 1, alone, {reason}";

    public void Broadcast<T>(Span<T> numbers, int root = 0) where T : unmanaged => RankCheck.ThrowIfNoRank(root, Size);

    public void AllReduce<T>(Span<T> numbers) where T : unmanaged, IFloatingPointIeee754<T> => ElementType<T>.ThrowIfNotSupported();

    public void AllGather<T>(ReadOnlySpan<T> own, Span<T> all) where T : unmanaged
    {
        RankCheck.ThrowIfNotForAll(own.Length, all.Length, Size);
        own.CopyTo(all);
    }

    public void Barrier()
    {
    }

    public void Post(CommunicationWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Begin(null);
        work.Do(this);
    }

    public void Abort(string reason) => throw new InvalidOperationException(reason);

    public void Dispose()
    {
    }
}
