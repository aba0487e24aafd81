using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>Sums, broadcasts and gatherings of many lengths, each compared with what this rank computes alone.</summary>
internal static class CollectiveCases
{
    // None, fewer than ranks, odd, around the length up to which a sum goes as a whole, more than one round of slices.
    private static readonly int[] s_lengths = [0, 1, 2, 3, 7, 511, 512, 513, 1023, 1024, 1025, 4099, 100_003, (1 << 21) - 1, (1 << 21) + 5];

    /// <summary>Runs all; the last line is one hash of all sums.</summary>
    public static void Run(ICommunicator ranks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int round = 0; round < 2; round++)
        {
            foreach (int length in s_lengths)
            {
                Sums<float>(ranks, length, hash);
                Sums<double>(ranks, length, hash);
                for (int root = 0; root < ranks.Size; root++)
                {
                    Broadcasts(ranks, length, root);
                }

                Gatherings(ranks, length);
            }

            ranks.Barrier();
        }

        Posted(ranks);
        Require(ranks.Gather<char>($"rank {ranks.Rank}{new string('!', ranks.Rank)}").Select((text, rank) => new string(text) == $"rank {rank}{new string('!', rank)}").All(fits => fits), "texts");
        long before = GC.GetAllocatedBytesForCurrentThread();
        var numbers = new float[5000];
        long ofArray = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            ranks.AllReduce<float>(numbers);
            ranks.Barrier();
        }

        Require(GC.GetAllocatedBytesForCurrentThread() == before && ofArray > 0, "a sum allocated");
        Console.WriteLine($"hash {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}");
    }

    private static void Sums<T>(ICommunicator ranks, int length, IncrementalHash hash) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] own = Of<T>(ranks.Rank, length), expected = Of<T>(0, length);
        for (int rank = 1; rank < ranks.Size; rank++)
        {
            T[] of = Of<T>(rank, length);
            for (int i = 0; i < length; i++)
            {
                expected[i] += of[i];
            }
        }

        ranks.AllReduce<T>(own);
        Require(own.AsSpan().SequenceEqual(expected), $"sum of {length} numbers of {typeof(T).Name}");
        hash.AppendData(MemoryMarshal.AsBytes<T>(own));
    }

    private static void Broadcasts(ICommunicator ranks, int length, int root)
    {
        double[] own = Of<double>(ranks.Rank, length);
        ranks.Broadcast<double>(own, root);
        Require(own.AsSpan().SequenceEqual(Of<double>(root, length)), $"broadcast of {length} by rank {root}");
    }

    private static void Gatherings(ICommunicator ranks, int length)
    {
        float[] all = new float[length * ranks.Size];
        ranks.AllGather<float>(Of<float>(ranks.Rank, length), all);
        for (int rank = 0; rank < ranks.Size; rank++)
        {
            Require(all.AsSpan(rank * length, length).SequenceEqual(Of<float>(rank, length)), $"gathering of {length}, of rank {rank}");
        }
    }

    // Work goes on beside calls of this thread, in the order in which both were asked for.
    private static void Posted(ICommunicator ranks)
    {
        Addition[] works = [.. Enumerable.Range(0, 5).Select(i => new Addition(1000 * (i + 1)))];
        for (int round = 0; round < 3; round++)
        {
            foreach (Addition work in works)
            {
                work.Numbers.AsSpan().Fill(ranks.Rank + 1);
                ranks.Post(work);
            }

            ranks.Barrier();
            foreach (Addition work in works)
            {
                work.Wait();
                Require(work.Numbers.All(number => number == ranks.Size * (ranks.Size + 1) / 2), "posted sum");
            }
        }

        var failing = new Failure();
        ranks.Post(failing);
        try
        {
            failing.Wait();
        }
        catch (FormatException)
        {
            return;
        }

        Require(false, "a failure of posted work was lost");
    }

    private static T[] Of<T>(int rank, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = new T[length];
        new Philox(rank + 100, (ulong)length).FillUniform<T>(numbers);
        return numbers;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"wrong: {what}"));
        }
    }

    private sealed class Addition(int length) : CommunicationWork
    {
        public float[] Numbers { get; } = new float[length];

        protected override void Run(ICommunicator ranks) => ranks.AllReduce<float>(Numbers);
    }

    private sealed class Failure : CommunicationWork
    {
        protected override void Run(ICommunicator ranks) => throw new FormatException("on purpose");
    }
}
