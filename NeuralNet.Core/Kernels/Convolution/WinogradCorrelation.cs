using System.Numerics;
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
    private int _samples, _blockTiles, _portions;
    private bool _isTransforming;

    public WinogradCorrelation()
    {
        _zeros = _zeroMemory.Get(TSimd.TileColumns);
        new Span<T>(_zeros, TSimd.TileColumns).Clear();
    }

    /// <summary>Whether a correlation is done in this way: with fewer samples than fill a vector another is faster.</summary>
    public static bool Takes(CorrelationPlan plan, int samples) => plan.Winograd is not null && samples >= TSimd.Count;

    /// <summary>Computes the target; parameters as <see cref="Correlation{T, TVector, TSimd}.Run"/>.</summary>
    public void Run(WorkerPool pool, CorrelationPlan plan, T* source, T* weight, T* bias, T* target, int samples)
    {
        (_plan, _tiles, _samples) = (plan, plan.Winograd!, samples);
        _source = source;
        _bias = bias;
        _target = target;
        _weights.Take(plan, weight);
        _blockTiles = _tiles.TilesOfBlock(plan.SourceChannels + plan.TargetChannels, TileRows, sizeof(T));
        _portions = WorkPieces.Count(samples, TileRows);
        _isTransforming = true;
        pool.Run(this, _weights.Strips, (long)plan.SourceChannels * plan.TargetChannels >= BlockSizes.PackingPerThread);
        _isTransforming = false;
        pool.Run(
            this, checked(WorkPieces.Count(_tiles.Tiles, _blockTiles) * _portions),
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

        // All samples of a block follow each other: they share the pages, and what the processor fetches ahead.
        int firstSample = piece % _portions * TileRows, count = Math.Min(TileRows, _samples - firstSample);
        int firstTile = piece / _portions * _blockTiles, tiles = Math.Min(_blockTiles, _tiles.Tiles - firstTile), lanes = tiles * count;
        nint sourceEntry = (nint)_plan.SourceChannels * lanes, targetEntry = (nint)_plan.TargetChannels * lanes;
        T* transformed = (_blockOfThread ??= new AlignedBuffer<T>()).Get(WinogradPlan.Entries * ((long)sourceEntry + targetEntry));
        T* products = transformed + (WinogradPlan.Entries * sourceEntry);
        for (int tile = 0; tile < tiles; tile++)
        {
            (int y, int x) = _tiles.SourceOf(firstTile + tile);
            WinogradTile<T, TVector, TSimd>.FromSource(
                _source + firstSample, _plan.Rows.SourceLength, _plan.Columns.SourceLength, _samples, count, y, x, _plan.SourceChannels,
                transformed + ((nint)tile * count), lanes, sourceEntry);
        }

        for (int entry = 0; entry < WinogradPlan.Entries; entry++)
        {
            PrefetchTarget(entry, firstTile, tiles, _target + firstSample, count);
            Multiply(entry, transformed + (entry * sourceEntry), products + (entry * targetEntry), lanes);
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            (int y, int x) = _tiles.TargetOf(firstTile + tile);
            WinogradTile<T, TVector, TSimd>.ToTarget(
                products + ((nint)tile * count), lanes, targetEntry, _bias, _target + firstSample, _plan.Rows.TargetLength, _plan.Columns.TargetLength, _samples, count, y, x,
                _plan.TargetChannels);
        }
    }

    // What the block will write: a share with each entry, so that it arrives while there is something else to do.
    private void PrefetchTarget(int entry, int firstTile, int tiles, T* target, int count)
    {
        int height = _plan.Rows.TargetLength, width = _plan.Columns.TargetLength, channels = _plan.TargetChannels;
        nint row = (nint)width * _samples, plane = height * row;
        for (int channel = channels * entry / WinogradPlan.Entries; channel < channels * (entry + 1) / WinogradPlan.Entries; channel++)
        {
            for (int tile = firstTile; tile < firstTile + tiles; tile++)
            {
                T* upper = target + (channel * plane) + (tile / _tiles.Columns * 2 * row) + ((nint)(tile % _tiles.Columns) * 2 * _samples);
                for (int i = 0; i < count; i += 64 / sizeof(T))
                {
                    TSimd.Prefetch(upper + i);
                    TSimd.Prefetch(upper + _samples + i);
                    TSimd.Prefetch(upper + row + i);
                    TSimd.Prefetch(upper + row + _samples + i);
                }
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
}
