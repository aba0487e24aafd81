using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>Some samples of a matrix <c>[N×(C·H·W)]</c>, copied so that what a convolution reads together lies together: row after row of the images, in a row channel after
/// channel, in a channel the positions as a <see cref="RowLayout"/> says, with zeros where they are padding, at a position sample after sample.</summary>
/// <remarks>Each value is copied once, not once for each element of the kernel. The memory that a row of the output is computed from is one stretch, so it fits the second-level
/// cache without lines that compete for the same places, as channels a power of two apart do.</remarks>
internal sealed unsafe class PackedSamples<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    private const int PieceLength = 8 * 1024;

    private readonly AlignedBuffer<T> _memory = new();
    private int[] _sources = [];
    private T* _source;
    private int _samples, _count, _channels, _rows, _length, _pieceChannels, _groups;

    /// <summary>The packed samples.</summary>
    public T* Data { get; private set; }

    /// <summary>Elements from one channel of a row to the next.</summary>
    public int ChannelStride { get; private set; }

    /// <summary>Elements from one row to the next.</summary>
    public int RowStride { get; private set; }

    /// <summary>Pieces of work that packing is shared in.</summary>
    public int Pieces => _rows * _groups;

    /// <summary>All elements.</summary>
    public long Length => (long)_rows * RowStride;

    /// <summary>Takes samples; <see cref="Pack"/> copies them.</summary>
    /// <param name="source">The matrix.</param>
    /// <param name="samples">N.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="count">Samples.</param>
    /// <param name="channels">C.</param>
    /// <param name="rows">H.</param>
    /// <param name="length">W.</param>
    /// <param name="sources">The position of a row at each packed one; −1 for zeros.</param>
    public void Take(T* source, int samples, int first, int count, int channels, int rows, int length, int[] sources)
    {
        _source = source + first;
        (_samples, _count, _channels, _rows, _length, _sources) = (samples, count, channels, rows, length, sources);
        ChannelStride = sources.Length * count;
        RowStride = checked(channels * ChannelStride);
        _pieceChannels = Math.Clamp(PieceLength / Math.Max(1, ChannelStride), 1, channels);
        _groups = WorkPieces.Count(channels, _pieceChannels);
        Data = _memory.Get(Length);
    }

    /// <summary>Copies some channels of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(int piece)
    {
        int row = piece / _groups, first = piece % _groups * _pieceChannels, end = Math.Min(_channels, first + _pieceChannels);
        int[] sources = _sources;
        bool isWhole = _count == _samples;
        for (int channel = first; channel < end; channel++)
        {
            T* from = _source + (((nint)channel * _rows) + row) * _length * _samples;
            T* to = Data + ((nint)row * RowStride) + ((nint)channel * ChannelStride);
            for (int slot = 0; slot < sources.Length;)
            {
                int source = sources[slot], run = 1;
                if (source < 0)
                {
                    Clear(to, _count);
                }
                else
                {
                    // All samples of neighbouring positions are one run.
                    for (; isWhole && slot + run < sources.Length && sources[slot + run] == source + run; run++)
                    {
                    }

                    Copy(from + ((nint)source * _samples), run * _count, to);
                }

                slot += run;
                to += (nint)run * _count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(T* from, int count, T* to)
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            TSimd.Store(to + i, TSimd.Load(from + i));
        }

        if (i < count)
        {
            TVector mask = TSimd.Mask(count - i);
            TSimd.Store(to + i, TSimd.Load(from + i, mask), mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear(T* to, int count)
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            TSimd.Store(to + i, default);
        }

        if (i < count)
        {
            TSimd.Store(to + i, default, TSimd.Mask(count - i));
        }
    }
}
