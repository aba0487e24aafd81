using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>A convolution, or its gradient by the input: each row of the target is computed in register tiles, some positions and samples high and some channels wide, by the
/// kernel of matrix products, whose steps are the elements of the kernel in each source channel.</summary>
/// <remarks>
/// <para>No matrix of patches is made: a step reads the packed samples (<see cref="PackedSamples{T, TVector, TSimd}"/>) at the place that a list says, which is the same list for
/// all positions. Rows of the kernel that lie outside of the image are left out.</para>
/// <para>Samples go in portions as high as a tile; the positions of a row lie side by side in them. Each number is one sum in one order, so the bits depend neither on the
/// threads nor on the portions. One object serves one caller at a time; it keeps its scratch memory.</para>
/// </remarks>
internal sealed unsafe class Correlation<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    private static readonly int TileRows = 2 * TSimd.Count;
    private static readonly int TileColumns = TSimd.TileColumns;

    private readonly PackedSamples<T, TVector, TSimd> _packed = new();
    private readonly PackedWeights<T> _weights = new(TileColumns);
    private readonly AlignedBuffer<T> _zeroMemory = new();
    private readonly T* _zeros;
    private CorrelationPlan _plan = null!;
    private int[] _placeMemory = [];
    private int* _places;
    private T* _bias;
    private T* _target;
    private int _samples, _first, _count, _parts, _weightPieces;
    private bool _isPacking;

    public Correlation()
    {
        _zeros = _zeroMemory.Get(TileColumns);
        new Span<T>(_zeros, TileColumns).Clear();
    }

    /// <summary>Computes the target.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="plan">What is summed.</param>
    /// <param name="source"><c>[N×(source channels·H·W)]</c>.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="bias">A number for each target channel, or null.</param>
    /// <param name="target"><c>[N×(target channels·H'·W')]</c>.</param>
    /// <param name="samples">N, 1 or more.</param>
    public void Run(WorkerPool pool, CorrelationPlan plan, T* source, T* weight, T* bias, T* target, int samples)
    {
        (_plan, _samples) = (plan, samples);
        _bias = bias;
        _target = target;
        _weights.Take(plan, weight);
        _weightPieces = _weights.Pieces;
        if (_placeMemory.Length < plan.Steps)
        {
            _placeMemory = GC.AllocateUninitializedArray<int>(plan.Steps, pinned: true);
        }

        _places = (int*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_placeMemory, 0);
        int rows = plan.Groups * plan.Rows.TargetLength, wanted = 4 * pool.Threads;
        for (_first = 0; _first < samples; _first += _count)
        {
            _count = Math.Min(samples - _first, TileRows);
            _packed.Take(
                source, samples, _first, _count, plan.Groups * plan.SourceChannels, plan.Rows.SourceLength, plan.Columns.SourceLength, plan.Layout.Sources);
            ListPlaces();
            _isPacking = true;
            pool.Run(this, _weightPieces + _packed.Pieces, _packed.Length >= 2 * BlockSizes.PackingPerThread);
            _isPacking = false;
            _weightPieces = 0;
            int tiles = Tiles(plan.Columns.Phases[0].Count * _count);
            _parts = Math.Clamp(wanted / rows, 1, tiles);
            long work = (long)plan.Steps * plan.TargetChannels * plan.Columns.TargetLength * _count;
            pool.Run(this, checked(rows * _parts), work * rows / plan.StepOffsets.Length >= 2 * BlockSizes.WorkPerThread);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        if (!_isPacking)
        {
            MultiplyRow(piece / _parts, piece % _parts);
        }
        else if (piece < _weightPieces)
        {
            _weights.Pack(piece);
        }
        else
        {
            _packed.Pack(piece - _weightPieces);
        }
    }

    private static int Tiles(int lanes) => ((lanes - 1) / TileRows) + 1;

    // In the order of the packed weight.
    private void ListPlaces()
    {
        int* place = _places;
        for (int pair = 0; pair < _plan.StepOffsets.Length; pair++)
        {
            int[] slots = _plan.Layout.Slots[pair % _plan.Columns.Phases.Length];
            foreach (int shift in _plan.RowPhaseOf(pair).Shifts)
            {
                for (int channel = 0; channel < _plan.SourceChannels; channel++)
                {
                    foreach (int slot in slots)
                    {
                        *place++ = (shift * _packed.RowStride) + (channel * _packed.ChannelStride) + (slot * _count);
                    }
                }
            }
        }
    }

    private void MultiplyRow(int row, int part)
    {
        int group = row / _plan.Rows.TargetLength, y = row % _plan.Rows.TargetLength, step = _plan.Rows.TargetStep;
        int rowPhase = y % step, j = y / step;
        (int first, int end) = _plan.Rows.ElementsAt(_plan.Rows.Phases[rowPhase], j);
        T* source = _packed.Data + ((nint)j * _plan.Rows.SourceStep * _packed.RowStride) + ((nint)group * _plan.SourceChannels * _packed.ChannelStride);
        T* target = _target + ((((nint)group * _plan.TargetChannels * _plan.Rows.TargetLength) + y) * _plan.Columns.TargetLength * _samples) + _first;
        for (int columnPhase = 0; columnPhase < _plan.Columns.Phases.Length; columnPhase++)
        {
            int pair = _plan.PairOf(rowPhase, columnPhase), perRow = _plan.SourceChannels * _plan.ColumnPhaseOf(pair).Kernel.Length;
            Multiply(group, pair, first * perRow, (end - first) * perRow, part, source, target);
        }
    }

    private void Multiply(int group, int pair, int skipped, int steps, int part, T* source, T* target)
    {
        AxisPhase columns = _plan.ColumnPhaseOf(pair);
        int lanes = columns.Count * _count, tiles = Tiles(lanes);
        int firstTile = (int)((long)tiles * part / _parts), endTile = (int)((long)tiles * (part + 1) / _parts);
        int* places = _places + _plan.StepOffsets[pair] + skipped;
        nint channelStride = (nint)_plan.Rows.TargetLength * _plan.Columns.TargetLength * _samples;

        // A tile is one run of the target where all samples go at once, or where it is all of one position.
        bool isRun = _plan.Columns.TargetStep == 1 ? _count == _samples || _count == TileRows : _count == TileRows;
        nint positionStride = (nint)_plan.Columns.TargetStep * _samples;
        target += (nint)columns.First * _samples;
        T* scratch = stackalloc T[TileRows * TileColumns];
        for (int strip = 0; strip < _weights.Strips; strip++)
        {
            int channel = _weights.ChannelOf(strip), width = _weights.ChannelOf(strip + 1) - channel;
            T* weight = _weights.StripOf(group, pair, strip) + ((nint)skipped * width);
            T* start = _bias is null ? _zeros : _bias + (group * _plan.TargetChannels) + channel;
            T* c = target + (channel * channelStride);
            var wholeKernel = Tile<T, TVector, TSimd>.ListedKernel(TileRows, width);
            for (int tile = firstTile; tile < endTile; tile++)
            {
                int lane = tile * TileRows, height = Math.Min(TileRows, lanes - lane);
                var kernel = height == TileRows ? wholeKernel : Tile<T, TVector, TSimd>.ListedKernel(height, width);
                if (isRun)
                {
                    T* run = c + (_count == _samples && _plan.Columns.TargetStep == 1 ? lane : tile * positionStride);
                    kernel(steps, source + lane, 0, places, weight, width, T.One, T.Zero, run, channelStride, start, height);
                }
                else
                {
                    kernel(steps, source + lane, 0, places, weight, width, T.One, T.Zero, scratch, TileRows, start, height);
                    Scatter(scratch, lane, height, width, c, channelStride, positionStride);
                }
            }
        }
    }

    // The runs of a tile that belong to different positions.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(T* tile, int lane, int height, int width, T* target, nint channelStride, nint positionStride)
    {
        for (int column = 0; column < width; column++)
        {
            int position = lane / _count, sample = lane % _count;
            for (int i = 0; i < height; i++)
            {
                target[(position * positionStride) + sample] = tile[i];
                if (++sample == _count)
                {
                    (position, sample) = (position + 1, 0);
                }
            }

            tile += TileRows;
            target += channelStride;
        }
    }
}
