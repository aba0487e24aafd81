using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>The gradient of a convolution by its weight, for kernels of 3×3, in tiles (<see cref="WinogradPlan"/>): <c>dw = Gᵀ·[Σ (Bᵀ·x·B) ∗ (A·dy·Aᵀ)]·G</c>, summed over
/// tiles and samples entry by entry, 16 products of matrices instead of 36 multiplications for each pair of channels and tile.</summary>
/// <remarks>Blocks of tiles are dealt to a fixed number of sums, each of which one thread adds up in order; the sums are added in order. So the bits do not depend on the threads.
/// One object serves one caller at a time; it keeps its scratch memory.</remarks>
internal sealed unsafe class WinogradWeightGradient<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    // Sums that are made side by side.
    private const int MostSums = 8;

    // Beyond so many elements of a sum the sums would not stay in the caches.
    private const int MostElements = 128 * 128;

    private static readonly T Half = T.CreateChecked(0.5);
    private static readonly int TileRows = 2 * TSimd.Count;
    private static readonly int TileColumns = TSimd.TileColumns;

    // What a thread transforms into: it is the thread's own, whoever called.
    [ThreadStatic]
    private static AlignedBuffer<T>? _blockOfThread;

    private readonly AlignedBuffer<T> _sumMemory = new();
    private readonly AlignedBuffer<T> _zeroMemory = new();
    private readonly T* _zeros;
    private CorrelationPlan _plan = null!;
    private WinogradPlan _tiles = null!;
    private T* _source;
    private T* _upstream;
    private T* _gradient;
    private T* _sums;
    private int _samples, _blockTiles, _portions, _blocks, _sumCount;
    private bool _isSumming;

    public WinogradWeightGradient()
    {
        _zeros = _zeroMemory.Get(TileColumns);
        new Span<T>(_zeros, TileColumns).Clear();
    }

    private nint SumLength => (nint)WinogradPlan.Entries * _plan.SourceChannels * _plan.TargetChannels;

    /// <summary>Whether a convolution is done in this way: with fewer source channels than a register tile is high, or fewer samples than fill a vector, another is faster.</summary>
    public static bool Takes(CorrelationPlan plan, int samples) =>
        plan.Winograd is not null && samples >= TSimd.Count && plan.SourceChannels >= TileRows && (long)plan.SourceChannels * plan.TargetChannels <= MostElements;

    /// <summary>Adds the gradient to what is there; parameters as <see cref="WeightGradient{T, TVector, TSimd}.Run"/>.</summary>
    public void Run(WorkerPool pool, CorrelationPlan plan, T* source, T* upstream, T* gradient, int samples)
    {
        (_plan, _tiles, _samples) = (plan, plan.Winograd!, samples);
        _source = source;
        _upstream = upstream;
        _gradient = gradient;
        _blockTiles = _tiles.TilesOfBlock(plan.SourceChannels + plan.TargetChannels, TileRows, sizeof(T));
        _portions = WorkPieces.Count(samples, TileRows);
        _blocks = checked(WorkPieces.Count(_tiles.Tiles, _blockTiles) * _portions);
        _sumCount = Math.Min(_blocks, MostSums);
        _sums = _sumMemory.Get(_sumCount * (long)SumLength);
        _isSumming = true;
        pool.Run(this, _sumCount, (long)SumLength * _tiles.Tiles * samples >= 2 * BlockSizes.WorkPerThread);
        _isSumming = false;
        pool.Run(this, plan.TargetChannels, SumLength * _sumCount >= 2 * BlockSizes.PackingPerThread);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        if (_isSumming)
        {
            Sum(piece);
        }
        else
        {
            AddChannel(piece);
        }
    }

    private void Sum(int sum)
    {
        int first = (int)((long)_blocks * sum / _sumCount), end = (int)((long)_blocks * (sum + 1) / _sumCount);
        for (int block = first; block < end; block++)
        {
            int firstSample = block % _portions * TileRows, count = Math.Min(TileRows, _samples - firstSample);
            int firstTile = block / _portions * _blockTiles, tiles = Math.Min(_blockTiles, _tiles.Tiles - firstTile), lanes = tiles * count;
            nint sourceEntry = (nint)_plan.SourceChannels * lanes, upstreamEntry = (nint)_plan.TargetChannels * lanes;
            T* source = (_blockOfThread ??= new AlignedBuffer<T>()).Get((WinogradPlan.Entries * ((long)sourceEntry + upstreamEntry)) + ((long)TileRows * lanes));
            T* upstream = source + (WinogradPlan.Entries * sourceEntry), strip = upstream + (WinogradPlan.Entries * upstreamEntry);
            for (int tile = 0; tile < tiles; tile++)
            {
                nint at = (nint)tile * count;
                (int y, int x) = _tiles.SourceOf(firstTile + tile);
                WinogradTile<T, TVector, TSimd>.FromSource(
                    _source + firstSample, _plan.Rows.SourceLength, _plan.Columns.SourceLength, _samples, count, y, x, _plan.SourceChannels, source + at, lanes, sourceEntry);
                (y, x) = _tiles.TargetOf(firstTile + tile);
                WinogradTile<T, TVector, TSimd>.FromUpstream(
                    _upstream + firstSample, _plan.Rows.TargetLength, _plan.Columns.TargetLength, _samples, count, y, x, _plan.TargetChannels, upstream + at, lanes,
                    upstreamEntry);
            }

            T* sums = _sums + (sum * SumLength);
            for (int entry = 0; entry < WinogradPlan.Entries; entry++)
            {
                Multiply(
                    source + (entry * sourceEntry), upstream + (entry * upstreamEntry), lanes, strip, block == first ? T.Zero : T.One,
                    sums + (entry * (SumLength / WinogradPlan.Entries)));
            }
        }
    }

    // An entry: source channels by target channels, summed over tiles and samples.
    private void Multiply(T* source, T* upstream, int lanes, T* strip, T beta, T* sums)
    {
        int rows = _plan.SourceChannels, columns = _plan.TargetChannels;
        for (int row = 0; row < rows; row += TileRows)
        {
            int height = Math.Min(TileRows, rows - row);
            Packing<T>.PackTransposed(source + ((nint)row * lanes), lanes, height, TileRows, lanes, strip);
            for (int column = 0; column < columns; column += TileColumns)
            {
                int width = Math.Min(TileColumns, columns - column);
                var kernel = Tile<T, TVector, TSimd>.Kernel(height, width, isAdjacent: false);
                kernel(lanes, strip, TileRows, null, upstream + ((nint)column * lanes), lanes, T.One, beta, sums + row + ((nint)column * rows), rows, _zeros, height);
            }
        }
    }

    // The weights of a target channel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddChannel(int target)
    {
        nint entryStride = SumLength / WinogradPlan.Entries;
        T* entries = stackalloc T[WinogradPlan.Entries], rows = stackalloc T[12];
        for (int c = 0; c < _plan.SourceChannels; c++)
        {
            T* sum = _sums + c + ((nint)target * _plan.SourceChannels);
            for (int entry = 0; entry < WinogradPlan.Entries; entry++)
            {
                T total = sum[entry * entryStride];
                for (int i = 1; i < _sumCount; i++)
                {
                    total += sum[(entry * entryStride) + (i * SumLength)];
                }

                entries[entry] = total;
            }

            T* weight = _gradient + ((nint)c * _plan.WeightOfSource) + ((nint)target * _plan.WeightOfTarget);
            for (int x = 0; x < 4; x++)
            {
                Three(entries[x], entries[4 + x], entries[8 + x], entries[12 + x], out rows[x], out rows[4 + x], out rows[8 + x]);
            }

            for (int y = 0; y < 3; y++)
            {
                Three(rows[4 * y], rows[(4 * y) + 1], rows[(4 * y) + 2], rows[(4 * y) + 3], out T first, out T second, out T third);
                weight[3 * y] += first;
                weight[(3 * y) + 1] += second;
                weight[(3 * y) + 2] += third;
            }
        }
    }

    // Gᵀ times four numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Three(T a, T b, T c, T d, out T first, out T second, out T third)
    {
        T half = (b + c) * Half;
        first = a + half;
        second = (b - c) * Half;
        third = half + d;
    }
}
