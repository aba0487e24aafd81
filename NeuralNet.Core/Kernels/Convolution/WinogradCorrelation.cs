using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>A convolution by a kernel of 3×3, or its gradient by the input, in tiles (<see cref="WinogradPlan"/>): blocks of tiles are transformed, multiplied by the transformed
/// weight, a product for each of 16 entries, and transformed back, all in the second-level cache.</summary>
/// <remarks>Samples lie side by side, so the transformations are additions of whole vectors. Samples go in portions as high as a register tile. Each number is one sum in one
/// order, so the bits depend neither on the threads nor on the blocks. One object serves one caller at a time; it keeps its scratch memory.</remarks>
internal sealed unsafe class WinogradCorrelation<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    private static readonly int TileRows = 2 * TSimd.Count;

    // What a thread transforms into: it is the thread's own, whoever called.
    [ThreadStatic]
    private static AlignedBuffer<T>? _blockOfThread;

    private readonly WinogradWeights<T> _weights = new(TSimd.TileColumns);
    private readonly AlignedBuffer<T> _zeroMemory = new();
    private readonly T* _zeros;
    private CorrelationPlan _plan = null!;
    private WinogradPlan _tiles = null!;
    private T* _source;
    private T* _bias;
    private T* _target;
    private int _samples, _blockTiles, _blocks;
    private bool _isTransforming;

    public WinogradCorrelation()
    {
        _zeros = _zeroMemory.Get(TSimd.TileColumns);
        new Span<T>(_zeros, TSimd.TileColumns).Clear();
    }

    /// <summary>The fewest samples that fill a vector: with less, another way is faster.</summary>
    public static int LeastSamples => TSimd.Count;

    /// <summary>Computes the target; parameters as <see cref="Correlation{T, TVector, TSimd}.Run"/>.</summary>
    public void Run(WorkerPool pool, CorrelationPlan plan, T* source, T* weight, T* bias, T* target, int samples)
    {
        (_plan, _tiles, _samples) = (plan, plan.Winograd!, samples);
        _source = source;
        _bias = bias;
        _target = target;
        _weights.Take(plan, weight);
        long channels = plan.SourceChannels + plan.TargetChannels;
        _blockTiles = (int)Math.Clamp(BlockSizes.BlockBytes / (WinogradPlan.Entries * channels * TileRows * sizeof(T)), 1, _tiles.Tiles);
        _blocks = WorkPieces.Count(_tiles.Tiles, _blockTiles);
        _isTransforming = true;
        pool.Run(this, _weights.Strips, (long)plan.SourceChannels * plan.TargetChannels >= BlockSizes.PackingPerThread);
        _isTransforming = false;
        pool.Run(
            this, checked(_blocks * WorkPieces.Count(samples, TileRows)),
            (long)plan.SourceChannels * plan.TargetChannels * WinogradPlan.Entries * _tiles.Tiles * samples >= 2 * BlockSizes.WorkPerThread);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        if (_isTransforming)
        {
            _weights.Transform(piece);
            return;
        }

        int firstSample = piece / _blocks * TileRows, count = Math.Min(TileRows, _samples - firstSample);
        int firstTile = piece % _blocks * _blockTiles, tiles = Math.Min(_blockTiles, _tiles.Tiles - firstTile), lanes = tiles * count;
        nint sourceEntry = (nint)_plan.SourceChannels * lanes, targetEntry = (nint)_plan.TargetChannels * lanes;
        T* transformed = (_blockOfThread ??= new AlignedBuffer<T>()).Get(WinogradPlan.Entries * ((long)sourceEntry + targetEntry));
        T* products = transformed + (WinogradPlan.Entries * sourceEntry);
        for (int tile = 0; tile < tiles; tile++)
        {
            Transform(firstTile + tile, _source + firstSample, count, transformed + ((nint)tile * count), lanes, sourceEntry);
        }

        for (int entry = 0; entry < WinogradPlan.Entries; entry++)
        {
            Multiply(entry, transformed + (entry * sourceEntry), products + (entry * targetEntry), lanes);
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            TransformBack(firstTile + tile, products + ((nint)tile * count), lanes, targetEntry, _target + firstSample, count);
        }
    }

    // A tile of all source channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform(int tile, T* source, int count, T* target, nint channelStride, nint entryStride)
    {
        int height = _plan.Rows.SourceLength, width = _plan.Columns.SourceLength;
        int y = _tiles.Top + (tile / _tiles.Columns * 2), x = _tiles.Left + (tile % _tiles.Columns * 2);
        bool isInside = y >= 0 && y + 4 <= height && x >= 0 && x + 4 <= width;
        T* padded = stackalloc T[WinogradPlan.Entries * TileRows];
        nint position = _samples, row = (nint)width * _samples, plane = (nint)height * row;
        TVector mask = TSimd.Mask(count % TSimd.Count);
        int whole = count - (count % TSimd.Count);
        for (int channel = 0; channel < _plan.SourceChannels; channel++)
        {
            T* from = source + (channel * plane) + (y * row) + (x * position);
            nint right = position, below = row;
            if (!isInside)
            {
                CopyPadded(from, y, x, count, padded);
                (right, below) = (TileRows, 4 * TileRows);
                from = padded;
            }

            for (int i = 0; i < whole; i += TSimd.Count)
            {
                WinogradTransform<T, TVector, TSimd>.Source<No>(from + i, right, below, mask, target + i, entryStride);
            }

            if (whole < count)
            {
                WinogradTransform<T, TVector, TSimd>.Source<Yes>(from + whole, right, below, mask, target + whole, entryStride);
            }

            target += channelStride;
        }
    }

    // The positions that there are, and zeros for the others.
    private void CopyPadded(T* from, int y, int x, int count, T* padded)
    {
        for (int i = 0; i < WinogradPlan.Entries; i++)
        {
            int row = y + (i / 4), column = x + (i % 4);
            var target = new Span<T>(padded + (i * TileRows), count);
            if (row >= 0 && row < _plan.Rows.SourceLength && column >= 0 && column < _plan.Columns.SourceLength)
            {
                new ReadOnlySpan<T>(from + ((((nint)(i / 4) * _plan.Columns.SourceLength) + (i % 4)) * _samples), count).CopyTo(target);
            }
            else
            {
                target.Clear();
            }
        }
    }

    private void Multiply(int entry, T* transformed, T* products, int lanes)
    {
        for (int strip = 0; strip < _weights.Strips; strip++)
        {
            int channel = _weights.ChannelOf(strip), width = _weights.ChannelOf(strip + 1) - channel;
            T* weight = _weights.StripOf(entry, strip), c = products + ((nint)channel * lanes);
            var wholeKernel = Tile<T, TVector, TSimd>.Kernel(TileRows, width, isAdjacent: true);
            for (int lane = 0; lane < lanes; lane += TileRows)
            {
                int height = Math.Min(TileRows, lanes - lane);
                var kernel = height == TileRows ? wholeKernel : Tile<T, TVector, TSimd>.Kernel(height, width, isAdjacent: true);
                kernel(_plan.SourceChannels, transformed + lane, lanes, null, weight, width, T.One, T.Zero, c + lane, lanes, _zeros, height);
            }
        }
    }

    // A tile of all target channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformBack(int tile, T* products, nint channelStride, nint entryStride, T* target, int count)
    {
        int height = _plan.Rows.TargetLength, width = _plan.Columns.TargetLength, y = tile / _tiles.Columns * 2, x = tile % _tiles.Columns * 2;
        nint plane = (nint)height * width * _samples, right = x + 1 < width ? _samples : 0, below = y + 1 < height ? (nint)width * _samples : 0;
        T* to = target + ((((nint)y * width) + x) * _samples);
        TVector mask = TSimd.Mask(count % TSimd.Count);
        int whole = count - (count % TSimd.Count);
        for (int channel = 0; channel < _plan.TargetChannels; channel++)
        {
            TVector bias = TSimd.Create(_bias is null ? T.Zero : _bias[channel]);
            for (int i = 0; i < whole; i += TSimd.Count)
            {
                WinogradTransform<T, TVector, TSimd>.Target<No>(products + i, entryStride, bias, mask, to + i, right, below);
            }

            if (whole < count)
            {
                WinogradTransform<T, TVector, TSimd>.Target<Yes>(products + whole, entryStride, bias, mask, to + whole, right, below);
            }

            products += channelStride;
            to += plane;
        }
    }
}
