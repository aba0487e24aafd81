using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>The gradient of a convolution by its weight: each element is the sum, over samples and positions, of an input times the gradient by an output. In both,
/// samples and the positions of a row lie side by side, so tiles of the weight are sums of products of runs, vector by vector.</summary>
/// <remarks>
/// <para>Samples go in portions as high as a tile of <see cref="Correlation{T, TVector, TSimd}"/>, in order. Of a portion each element of the weight is summed by one thread, in
/// one order; so the bits do not depend on the threads. One object serves one caller at a time; it keeps its scratch memory.</para>
/// </remarks>
internal sealed unsafe class WeightGradient<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    private static readonly int Portion = 2 * TSimd.Count;

    private readonly PackedSamples<T, TVector, TSimd> _source = new();
    private readonly PackedSamples<T, TVector, TSimd> _upstream = new();
    private CorrelationPlan _plan = null!;
    private int[] _placeMemory = [];
    private int* _places;
    private T* _gradient;
    private T* _d;
    private nint _dColumn, _dStride;
    private int _count, _blocks, _kernelRows, _columnGroups, _upstreamPieces;
    private bool _isPacking;

    /// <summary>Adds the gradient to what is there.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="plan">The convolution, forward.</param>
    /// <param name="source">The input.</param>
    /// <param name="upstream">The gradient by the output.</param>
    /// <param name="gradient">The gradient by the weight, as the weight lies.</param>
    /// <param name="samples">N, 1 or more.</param>
    public void Run(WorkerPool pool, CorrelationPlan plan, T* source, T* upstream, T* gradient, int samples)
    {
        _plan = plan;
        _gradient = gradient;
        if (plan.Steps == 0)
        {
            return;
        }

        AxisPhase columns = plan.Columns.Phases[0];
        int entries = plan.SourceChannels * columns.Kernel.Length;
        if (_placeMemory.Length < entries)
        {
            _placeMemory = GC.AllocateUninitializedArray<int>(entries, pinned: true);
        }

        _places = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_placeMemory, 0);
        int width = plan.Columns.TargetLength, targets = plan.Groups * plan.TargetChannels;
        for (int first = 0; first < samples; first += _count)
        {
            _count = Math.Min(samples - first, Portion);
            _source.Take(
                source, samples, first, _count, plan.Groups * plan.SourceChannels, plan.Rows.SourceLength, plan.Columns.SourceLength, plan.Layout.Sources);
            ListPlaces(plan.Layout.Slots[0]);
            if (_count == samples)
            {
                _d = upstream;
                (_dColumn, _dStride, _upstreamPieces) = ((nint)plan.Rows.TargetLength * width * samples, (nint)width * samples, 0);
            }
            else
            {
                _upstream.Take(upstream, samples, first, _count, targets, plan.Rows.TargetLength, width, plan.TargetPositions);
                _d = _upstream.Data;
                (_dColumn, _dStride, _upstreamPieces) = (_upstream.ChannelStride, _upstream.RowStride, _upstream.Pieces);
            }

            _isPacking = true;
            pool.Run(this, _upstreamPieces + _source.Pieces, _source.Length >= 2 * BlockSizes.PackingPerThread);
            _isPacking = false;
            Divide(pool.Threads);
            long work = (long)entries * columns.Count * _count * plan.RowPhaseOf(0).Kernel.Length * plan.Rows.TargetLength * targets;
            pool.Run(this, checked(plan.Groups * _blocks * _kernelRows * _columnGroups), work >= 2 * BlockSizes.WorkPerThread);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        if (!_isPacking)
        {
            SumBlock(piece);
        }
        else if (piece < _upstreamPieces)
        {
            _upstream.Pack(piece);
        }
        else
        {
            _source.Pack(piece - _upstreamPieces);
        }
    }

    private void ListPlaces(int[] slots)
    {
        int* place = _places;
        for (int channel = 0; channel < _plan.SourceChannels; channel++)
        {
            foreach (int slot in slots)
            {
                *place++ = (channel * _source.ChannelStride) + (slot * _count);
            }
        }
    }

    // Source channels that fit the second-level cache are a block; where that makes few pieces, output channels and rows of the kernel divide them further.
    private void Divide(int threads)
    {
        int kernelRows = _plan.RowPhaseOf(0).Kernel.Length, wanted = 8 * threads;
        long channelBytes = (long)_source.ChannelStride * _plan.Rows.SourceLength * sizeof(T);
        int channels = (int)Math.Clamp(BlockSizes.BlockBytes / Math.Max(1, channelBytes), 1, _plan.SourceChannels);
        _blocks = ((_plan.SourceChannels - 1) / channels) + 1;
        int pieces = _plan.Groups * _blocks;
        _columnGroups = Math.Clamp(wanted / pieces, 1, ((_plan.TargetChannels - 1) / WeightTiles<T, TVector, TSimd>.Columns) + 1);
        _kernelRows = pieces * _columnGroups >= wanted / 2 ? 1 : kernelRows;
    }

    private void SumBlock(int piece)
    {
        int columnGroup = piece % _columnGroups, rest = piece / _columnGroups, kernelRow = rest % _kernelRows;
        int block = rest / _kernelRows % _blocks, group = rest / _kernelRows / _blocks;
        int entriesOfChannel = _plan.ColumnPhaseOf(0).Kernel.Length, kernelRows = _plan.RowPhaseOf(0).Kernel.Length;
        int first = (int)((long)_plan.SourceChannels * block / _blocks) * entriesOfChannel;
        int end = (int)((long)_plan.SourceChannels * (block + 1) / _blocks) * entriesOfChannel;
        int strips = ((_plan.TargetChannels - 1) / WeightTiles<T, TVector, TSimd>.Columns) + 1;
        int endStrip = (int)((long)strips * (columnGroup + 1) / _columnGroups);
        for (int strip = (int)((long)strips * columnGroup / _columnGroups); strip < endStrip; strip++)
        {
            for (int y = kernelRow; y < kernelRows; y += _kernelRows)
            {
                SumTiles(group, y, first, end, strip);
            }
        }
    }

    private void SumTiles(int group, int y, int first, int end, int strip)
    {
        int channel = strip * WeightTiles<T, TVector, TSimd>.Columns, columns = Math.Min(WeightTiles<T, TVector, TSimd>.Columns, _plan.TargetChannels - channel);
        int most = WeightTiles<T, TVector, TSimd>.Elements, tiles = ((end - first - 1) / most) + 1, lanes = _plan.Columns.TargetLength * _count;

        // The rows of the target in which this row of the kernel lies within the source.
        int shift = _plan.RowPhaseOf(0).Shifts[y], step = _plan.Rows.SourceStep;
        int j = shift >= 0 ? 0 : (step - 1 - shift) / step;
        int rows = Math.Min(_plan.Rows.TargetLength, ((_plan.Rows.SourceLength - shift - 1) / step) + 1) - j;
        T* x = _source.Data + ((((nint)j * step) + shift) * _source.RowStride) + ((nint)group * _plan.SourceChannels * _source.ChannelStride);
        T* d = _d + (j * _dStride) + (((group * _plan.TargetChannels) + channel) * _dColumn);
        T* sums = stackalloc T[9 * WeightTiles<T, TVector, TSimd>.Columns * TSimd.Count];
        for (int tile = 0; tile < tiles; tile++)
        {
            int entry = first + (int)((long)(end - first) * tile / tiles), elements = first + (int)((long)(end - first) * (tile + 1) / tiles) - entry;
            new Span<T>(sums, 9 * columns * TSimd.Count).Clear();
            WeightTiles<T, TVector, TSimd>.Kernel(elements, columns, isMasked: false)(
                x, _places + entry, step * (nint)_source.RowStride, d, _dColumn, _dStride, rows, lanes, sums);
            if (lanes % TSimd.Count != 0)
            {
                WeightTiles<T, TVector, TSimd>.Kernel(elements, columns, isMasked: true)(
                    x, _places + entry, step * (nint)_source.RowStride, d, _dColumn, _dStride, rows, lanes, sums);
            }

            AddSums(group, y, entry, elements, channel, columns, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSums(int group, int y, int entry, int elements, int channel, int columns, T* sums)
    {
        int[] kernel = _plan.ColumnPhaseOf(0).Kernel;
        T* row = _gradient + ((nint)group * _plan.WeightOfGroup) + (_plan.RowPhaseOf(0).Kernel[y] * _plan.KernelWidth);
        for (int i = 0; i < elements; i++)
        {
            T* element = row + ((nint)((entry + i) / kernel.Length) * _plan.WeightOfSource) + kernel[(entry + i) % kernel.Length];
            for (int column = 0; column < columns; column++)
            {
                element[(nint)(channel + column) * _plan.WeightOfTarget] += TSimd.Sum(TSimd.Load(sums + (((column * 9) + i) * TSimd.Count)));
            }
        }
    }
}
