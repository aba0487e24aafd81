using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>The buffers of one call of a kernel, each of exactly the length asked for, directly behind or before an inaccessible page.</summary>
internal sealed unsafe class Arena : IDisposable
{
    private const int Buffers = 11;
    private const long MostBytes = 32L << 20;

    // Bytes on the side of a buffer that has no inaccessible page, which must keep what they hold.
    private const int Margin = 256;
    private const byte Mark = 0xA5;

    private readonly GuardedMemory[] _memory = [.. Enumerable.Range(0, Buffers).Select(_ => new GuardedMemory(MostBytes))];
    private readonly (nint First, int Bytes)[] _taken = new (nint, int)[Buffers];
    private Placement _placement;
    private ulong _state;
    private int _count;

    /// <summary>Gives all buffers back.</summary>
    /// <param name="placement">Where the next ones lie.</param>
    /// <param name="seed">What their contents are drawn from: the same for the same seed, wherever they lie.</param>
    public void Begin(Placement placement, ulong seed) => (_placement, _state, _count) = (placement, seed, 0);

    /// <summary>A buffer of numbers from −1 to 1.</summary>
    public Span<T> Numbers<T>(int length) where T : unmanaged, INumberBase<T>
    {
        Span<T> numbers = Take<T>(length);
        foreach (ref T number in numbers)
        {
            number = T.CreateTruncating((int)(Next() >> 32) * (1.0 / int.MaxValue));
        }

        return numbers;
    }

    /// <summary>A buffer of indices from 0 to <paramref name="below"/> − 1.</summary>
    public Span<int> Indices(int length, int below)
    {
        Span<int> indices = Take<int>(length);
        foreach (ref int index in indices)
        {
            index = (int)((Next() >> 33) % (ulong)below);
        }

        return indices;
    }

    /// <summary>Looks at what the kernel left.</summary>
    /// <returns>A hash of the contents of all buffers.</returns>
    /// <exception cref="DefectException">Memory beside a buffer was written.</exception>
    public int End()
    {
        var hash = new HashCode();
        for (int i = 0; i < _count; i++)
        {
            (nint first, int bytes) = _taken[i];
            if (MarginOf(first, bytes).ContainsAnyExcept(Mark))
            {
                throw new DefectException(
                    $"memory {(_placement == Placement.BeforeAGuard ? "before" : "behind")} buffer {i}, which has {bytes} bytes, was written");
            }

            hash.AddBytes(new ReadOnlySpan<byte>((void*)first, bytes));
        }

        return hash.ToHashCode();
    }

    public void Dispose() => Array.ForEach(_memory, memory => memory.Dispose());

    private Span<T> Take<T>(int length) where T : unmanaged
    {
        int bytes = checked(length * sizeof(T));
        GuardedMemory memory = _memory[_count];
        if (bytes > memory.Bytes - Margin)
        {
            throw new InvalidOperationException($"A buffer of {bytes} bytes is more than the {memory.Bytes - Margin} that are reserved for one.");
        }

        byte* first = memory.First + (_placement == Placement.BehindAGuard ? 0 : memory.Bytes - bytes);
        _taken[_count++] = ((nint)first, bytes);
        MarginOf((nint)first, bytes).Fill(Mark);
        return new Span<T>(first, length);
    }

    private Span<byte> MarginOf(nint first, int bytes) =>
        new((byte*)first + (_placement == Placement.BehindAGuard ? bytes : -Margin), Margin);

    // SplitMix64 (Steele, Lea, Flood 2014): a sum, mixed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Next()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
