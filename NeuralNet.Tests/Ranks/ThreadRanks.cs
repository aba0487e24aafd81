using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>Ranks that are threads of this process: what is built on ranks can be tried where no MPI is installed, and by mutation testing, which changes one process only.</summary>
internal sealed class ThreadRanks : ICommunicator
{
    private readonly Meeting _meeting;

    private ThreadRanks(Meeting meeting, int rank) => (_meeting, Rank) = (meeting, rank);

    public int Rank { get; }

    public int Size => _meeting.Numbers.Length;

    public int LocalRank => Rank;

    public int LocalSize => Size;

    public string Description => $"ranks: {Size}, threads of one process";

    /// <summary>Lets all ranks do some work at once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="work">The work.</param>
    /// <returns>What each gives.</returns>
    /// <exception cref="AggregateException">The exceptions of all that failed; those which waited for them are not among them.</exception>
    public static TResult[] Run<TResult>(int count, Func<ICommunicator, TResult> work)
    {
        using var meeting = new Meeting(count);
        var results = new TResult[count];
        var failures = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = work(new ThreadRanks(meeting, rank));
            }
            catch (OperationCanceledException)
            {
                // Another rank failed.
            }
            catch (Exception exception)
            {
                lock (failures)
                {
                    failures.Add(exception);
                }
            }
            finally
            {
                meeting.Leave();
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return failures.Count == 0 ? results : throw new AggregateException(failures);
    }

    public void Broadcast<T>(Span<T> numbers, int root = 0) where T : unmanaged
    {
        RankCheck.ThrowIfNoRank(root, Size);
        T[][] all = Exchange<T>(numbers);
        all[root].CopyTo(numbers);
    }

    public void AllReduce<T>(Span<T> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        T[][] all = Exchange<T>(numbers);
        all[0].CopyTo(numbers);
        foreach (T[] of in all[1..])
        {
            for (int i = 0; i < of.Length; i++)
            {
                numbers[i] += of[i];
            }
        }
    }

    public void AllGather<T>(ReadOnlySpan<T> own, Span<T> all) where T : unmanaged
    {
        RankCheck.ThrowIfNotForAll(own.Length, all.Length, Size);
        Exchange(own).SelectMany(of => of).ToArray().CopyTo(all);
    }

    public void Barrier() => Exchange<byte>([]);

    public void Post(CommunicationWork work)
    {
        work.Begin(null);
        work.Do(this);
    }

    public void Abort(string reason) => throw new InvalidOperationException(reason);

    public void Dispose()
    {
    }

    // All ranks come with the numbers of the same call, and leave together, so none overwrites what another still reads.
    private T[][] Exchange<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        _meeting.Numbers[Rank] = MemoryMarshal.AsBytes(numbers).ToArray();
        _meeting.Wait();
        T[][] all = [.. _meeting.Numbers.Select(of => MemoryMarshal.Cast<byte, T>(of).ToArray())];
        _meeting.Wait();
        all.ShouldAllBe(of => of.Length == all[0].Length, "all ranks call the same method with the same length");
        return all;
    }

    private sealed class Meeting(int count) : IDisposable
    {
        private readonly Barrier _barrier = new(count);
        private readonly CancellationTokenSource _end = new();

        public byte[][] Numbers { get; } = new byte[count][];

        public void Wait() => _barrier.SignalAndWait(_end.Token);

        // The others would wait for ever for one that has failed; one that is done is waited for by nobody.
        public void Leave() => _end.CancelAfter(TimeSpan.FromSeconds(10));

        public void Dispose()
        {
            _barrier.Dispose();
            _end.Dispose();
        }
    }
}
