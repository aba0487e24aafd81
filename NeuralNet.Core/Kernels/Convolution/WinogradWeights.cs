using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Gemm;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>The transformed weight <c>U = G·w·Gᵀ</c>, for each of its 16 entries a matrix of source by target channels, in strips of some target channels as the kernel of
/// products reads them.</summary>
internal sealed unsafe class WinogradWeights<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateChecked(0.5);

    private readonly AlignedBuffer<T> _memory = new();
    private readonly int _mostColumns;
    private CorrelationPlan _plan = null!;
    private T* _weight;
    private T* _packed;

    /// <summary>A buffer for strips.</summary>
    /// <param name="mostColumns">The most channels of a strip.</param>
    public WinogradWeights(int mostColumns) => _mostColumns = mostColumns;

    /// <summary>Strips.</summary>
    public int Strips { get; private set; }

    private nint EntryStride => (nint)_plan.SourceChannels * _plan.TargetChannels;

    /// <summary>Takes a weight; <see cref="Transform"/> transforms it.</summary>
    public void Take(CorrelationPlan plan, T* weight)
    {
        _plan = plan;
        _weight = weight;
        Strips = ((plan.TargetChannels - 1) / _mostColumns) + 1;
        _packed = _memory.Get(WinogradPlan.Entries * (long)EntryStride);
    }

    /// <summary>The first target channel of a strip; strips are of about equal width.</summary>
    public int ChannelOf(int strip) => (int)((long)_plan.TargetChannels * strip / Strips);

    /// <summary>A strip of an entry.</summary>
    public T* StripOf(int entry, int strip) => _packed + (entry * EntryStride) + ((nint)ChannelOf(strip) * _plan.SourceChannels);

    /// <summary>Transforms a strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transform(int strip)
    {
        int channel = ChannelOf(strip), columns = ChannelOf(strip + 1) - channel;
        T* to = StripOf(0, strip), rows = stackalloc T[12];
        bool isTurned = _plan.Winograd!.IsTurned;
        for (int c = 0; c < _plan.SourceChannels; c++)
        {
            for (int column = 0; column < columns; column++)
            {
                T* w = _weight + ((nint)c * _plan.WeightOfSource) + ((nint)(channel + column) * _plan.WeightOfTarget) + (isTurned ? 8 : 0);
                int step = isTurned ? -1 : 1;
                for (int x = 0; x < 3; x++)
                {
                    Three(w[0], w[3 * step], w[6 * step], rows + x, 3);
                    w += step;
                }

                for (int y = 0; y < 4; y++)
                {
                    Three(rows[3 * y], rows[(3 * y) + 1], rows[(3 * y) + 2], to + (4 * y * EntryStride) + column, EntryStride);
                }
            }

            to += columns;
        }
    }

    // G times three numbers: a, (a + b + c)/2, (a − b + c)/2, c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Three(T a, T b, T c, T* target, nint stride)
    {
        T outer = (a + c) * Half, inner = b * Half;
        target[0] = a;
        target[stride] = outer + inner;
        target[2 * stride] = outer - inner;
        target[3 * stride] = c;
    }
}
