using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>What all ranks do together, made of messages from one to another.</summary>
/// <remarks>
/// <para><b>A sum</b> x₀ + x₁ + … of n numbers: rank r is given slice r by all others, adds them up in the order of the ranks, and gives the sum to all: 2·n·(k − 1)/k numbers go out
/// and come in at each rank, as in a ring, in 2·(k − 1) messages each way that all go at the same time. Short sums go as a whole from each rank to each other, in one round.</para>
/// <para><b>Threads.</b> The communicator's.</para>
/// </remarks>
internal sealed unsafe class MpiCollectives(MpiExchange exchange, int rank, int size)
{
    // Bytes up to which a sum goes in one round, numbers that are summed in one go, and bytes of a message.
    private const int ShortSum = 4096, LongestRound = 1 << 21, LongestMessage = 1 << 26;

    private byte* _received;
    private long _receivedBytes;

    /// <summary>Does one of them.</summary>
    public void Do(MpiCall.Kind kind, byte* numbers, long length, byte* all, int root)
    {
        switch (kind)
        {
            case MpiCall.Kind.Broadcast:
                Broadcast(numbers, length, root);
                break;
            case MpiCall.Kind.AllGather:
                AllGather(numbers, length, all);
                break;
            case MpiCall.Kind.SumOfSingles:
                Sum((float*)numbers, length);
                break;
            case MpiCall.Kind.SumOfDoubles:
                Sum((double*)numbers, length);
                break;
            default:
                Barrier();
                break;
        }
    }

    // A binomial tree: whoever has the numbers gives them to another, so their number doubles from round to round.
    private void Broadcast(byte* bytes, long length, int root)
    {
        for (long at = 0; at < length; at += LongestMessage)
        {
            int count = (int)Math.Min(LongestMessage, length - at);
            int place = (rank - root + size) % size;
            exchange.Begin("to be sent numbers", length);
            int step = 1;
            for (; step < size && (place & step) == 0; step *= 2)
            {
            }

            if (place > 0)
            {
                exchange.Receive(bytes + at, count, (place - step + root) % size);
                exchange.Complete();
            }

            for (step /= 2; step > 0; step /= 2)
            {
                if (place + step < size)
                {
                    exchange.Send(bytes + at, count, (place + step + root) % size);
                }
            }

            exchange.Complete();
        }
    }

    private void AllGather(byte* own, long length, byte* all)
    {
        NativeMemory.Copy(own, all + (rank * length), (nuint)length);
        for (long at = 0; at < length; at += LongestMessage)
        {
            int count = (int)Math.Min(LongestMessage, length - at);
            exchange.Begin("to gather numbers", length);
            for (int i = 1; i < size; i++)
            {
                int from = (rank - i + size) % size, to = (rank + i) % size;
                exchange.Receive(all + (from * length) + at, count, from);
                exchange.Send(own + at, count, to);
            }

            exchange.Complete();
        }
    }

    // Each rank hears of one 1, 2, 4, … places before it, and so of all.
    private void Barrier()
    {
        byte* signs = stackalloc byte[2];
        exchange.Begin("to come together", 0);
        for (int step = 1; step < size; step *= 2)
        {
            exchange.Receive(signs, 1, (rank - step + size) % size);
            exchange.Send(signs + 1, 1, (rank + step) % size);
            exchange.Complete();
        }
    }

    private void Sum<T>(T* numbers, long length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (size == 1 || length == 0)
        {
            return;
        }

        if (length * sizeof(T) <= ShortSum || length < size)
        {
            SumWhole(numbers, (int)length);
            return;
        }

        for (long at = 0; at < length; at += LongestRound)
        {
            SumSlices(numbers + at, (int)Math.Min(LongestRound, length - at));
        }
    }

    private void SumWhole<T>(T* numbers, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* of = Place<T>(length);
        exchange.Begin("to add a few numbers", length);
        for (int i = 1; i < size; i++)
        {
            int from = (rank - i + size) % size, to = (rank + i) % size;
            exchange.Receive((byte*)(of + ((long)from * length)), length * sizeof(T), from);
            exchange.Send((byte*)numbers, length * sizeof(T), to);
        }

        exchange.Complete();
        Add(numbers, of, length);
    }

    private void SumSlices<T>(T* numbers, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int begin = Bound(rank, length), own = Bound(rank + 1, length) - begin;
        T* of = Place<T>(own);
        exchange.Begin("to add gradients", length);
        for (int i = 1; i < size; i++)
        {
            int from = (rank - i + size) % size, to = (rank + i) % size;
            exchange.Receive((byte*)(of + ((long)from * own)), own * sizeof(T), from);
            exchange.Send((byte*)(numbers + Bound(to, length)), (Bound(to + 1, length) - Bound(to, length)) * sizeof(T), to);
        }

        exchange.Complete();
        Add(numbers + begin, of, own);
        exchange.Begin("to be given sums", length);
        for (int i = 1; i < size; i++)
        {
            int from = (rank - i + size) % size, to = (rank + i) % size;
            exchange.Receive((byte*)(numbers + Bound(from, length)), (Bound(from + 1, length) - Bound(from, length)) * sizeof(T), from);
            exchange.Send((byte*)(numbers + begin), own * sizeof(T), to);
        }

        exchange.Complete();
    }

    // In the order of the ranks. x₀ + x₁ is x₁ + x₀, to the bit, so rank 1 as well begins with its own.
    private void Add<T>(T* own, T* of, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* sum = rank <= 1 ? own : of;
        for (int other = 1; other < size; other++)
        {
            T* term = rank == 1 && other == 1 ? of : other == rank ? own : of + ((long)other * length);
            ElementwiseOperations.AddScaled<T>(new ReadOnlySpan<T>(term, length), T.One, new Span<T>(sum, length));
        }

        if (sum != own)
        {
            new ReadOnlySpan<T>(sum, length).CopyTo(new Span<T>(own, length));
        }
    }

    private int Bound(int slice, int length) => (int)((long)length * slice / size);

    // A place for as many numbers of each rank, its own left out of use.
    private T* Place<T>(int length) where T : unmanaged
    {
        long bytes = Math.Max(1, (long)length * size * sizeof(T));
        if (bytes > _receivedBytes)
        {
            NativeMemory.Free(_received);
            _received = (byte*)NativeMemory.Alloc((nuint)bytes);
            _receivedBytes = bytes;
        }

        return (T*)_received;
    }
}
