using System.Diagnostics;
using System.Runtime.InteropServices;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>Messages of one rank that are under way at the same time.</summary>
/// <remarks>
/// <para>Nothing waits inside MPI: messages are begun, and asked for again and again until they are complete. So a rank that does not come is noticed, and the processor is left to
/// those that compute: MPI's own waiting would take all of it.</para>
/// <para><b>Threads.</b> The communicator's.</para>
/// </remarks>
/// <param name="mpi">The library.</param>
/// <param name="thread">The communicator's thread.</param>
/// <param name="watch">Looks whether the other ranks are still there.</param>
internal sealed unsafe class MpiExchange(MpiFunctions mpi, CommunicationThread thread, MpiWatch watch)
{
    // Tags below 32,768 are allowed everywhere; the first few are for farewells.
    private const int FirstTag = 16, Tags = 32_000;
    private const int EagerPolls = 200;
    private static readonly long Eager = Stopwatch.Frequency / 5_000, Look = Stopwatch.Frequency / 1_000;

    private int[] _peers = new int[8];
    private byte* _requests = (byte*)NativeMemory.Alloc(8, (nuint)mpi.RequestSize);
    private int _count;
    private int _tag;
    private int _sequence;
    private string _what = "";

    /// <summary>Begins an operation: its messages do not match those of another one, nor those of one of another length.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="length">Its length, the same on all ranks.</param>
    public void Begin(string what, long length)
    {
        (_what, _sequence) = (what, _sequence + 1);
        ulong mixed = ((ulong)_sequence * 0x9E3779B97F4A7C15) ^ ((ulong)(length + (what.Length << 24)) * 0xC2B2AE3D27D4EB4F);
        _tag = FirstTag + (int)((mixed ^ (mixed >> 29)) % Tags);
    }

    /// <summary>Sends to a rank.</summary>
    public void Send(byte* bytes, int count, int rank) => mpi.Send(bytes, count, rank, _tag, Next(rank));

    /// <summary>Receives of a rank.</summary>
    public void Receive(byte* bytes, int count, int rank) => mpi.Receive(bytes, count, rank, _tag, Next(rank));

    /// <summary>Waits for all messages that were begun.</summary>
    public void Complete()
    {
        int polls = 0;
        long began = 0, looked = 0;
        while (!mpi.AreComplete(_requests, _count))
        {
            if (++polls < EagerPolls)
            {
                continue;
            }

            long now = Stopwatch.GetTimestamp();
            began = began == 0 ? now : began;
            if (thread.IsAwaited && now - began < Eager)
            {
                Thread.Yield();
            }
            else
            {
                Nap.Take();
            }

            if (now - looked > Look)
            {
                looked = now;
                watch.Look(this, _what, Stopwatch.GetElapsedTime(began, now));
            }
        }

        _count = 0;
    }

    /// <summary>The ranks with which a message is under way.</summary>
    public IEnumerable<int> Missing()
    {
        var missing = new SortedSet<int>();
        for (int i = 0; i < _count; i++)
        {
            if (!IsComplete(i))
            {
                missing.Add(_peers[i]);
            }
        }

        return missing;
    }

    private bool IsComplete(int message) => mpi.IsComplete(_requests + (message * mpi.RequestSize));

    private byte* Next(int rank)
    {
        if (_count == _peers.Length)
        {
            Array.Resize(ref _peers, 2 * _count);
            _requests = (byte*)NativeMemory.Realloc(_requests, (nuint)(2 * _count * mpi.RequestSize));
        }

        _peers[_count] = rank;
        return _requests + (_count++ * mpi.RequestSize);
    }
}
