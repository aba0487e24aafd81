using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Gemm;

namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>The weight of a convolution in the order in which tiles read it: strips of some target channels, step after step of the sum, the channels of a step side by side.</summary>
/// <remarks>The steps of a pair of phases run over the rows of the kernel, the source channels and the columns of the kernel: rows outermost, so that a row of the target at an
/// edge, which not all rows of the kernel reach, is summed of a range of the steps.</remarks>
internal sealed unsafe class PackedWeights<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _memory = new();
    private readonly int _mostColumns;
    private CorrelationPlan _plan = null!;
    private T* _weight;
    private T* _packed;

    /// <summary>A buffer for strips.</summary>
    /// <param name="mostColumns">The most channels of a strip.</param>
    public PackedWeights(int mostColumns) => _mostColumns = mostColumns;

    /// <summary>Strips of a group.</summary>
    public int Strips { get; private set; }

    /// <summary>Pieces of work that packing is shared in.</summary>
    public int Pieces => _plan.Groups * _plan.StepOffsets.Length * Strips;

    /// <summary>Takes a weight; <see cref="Pack"/> copies it.</summary>
    public void Take(CorrelationPlan plan, T* weight)
    {
        _plan = plan;
        _weight = weight;
        Strips = ((plan.TargetChannels - 1) / _mostColumns) + 1;
        _packed = _memory.Get((long)plan.Groups * plan.TargetChannels * plan.Steps);
    }

    /// <summary>The first target channel of a strip, within its group; strips are of about equal width.</summary>
    public int ChannelOf(int strip) => (int)((long)_plan.TargetChannels * strip / Strips);

    /// <summary>A strip, from its first step on.</summary>
    /// <param name="group">The group.</param>
    /// <param name="pair">The pair of phases.</param>
    /// <param name="strip">The strip.</param>
    public T* StripOf(int group, int pair, int strip) =>
        _packed + ((((nint)group * _plan.Steps) + _plan.StepOffsets[pair]) * _plan.TargetChannels) + ((nint)ChannelOf(strip) * _plan.StepsOf(pair));

    /// <summary>Copies a strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(int piece)
    {
        int strip = piece % Strips, pair = piece / Strips % _plan.StepOffsets.Length, group = piece / Strips / _plan.StepOffsets.Length;
        int channel = ChannelOf(strip), columns = ChannelOf(strip + 1) - channel;
        T* to = StripOf(group, pair, strip), from = _weight + ((nint)group * _plan.WeightOfGroup) + ((nint)channel * _plan.WeightOfTarget);
        foreach (int y in _plan.RowPhaseOf(pair).Kernel)
        {
            for (int c = 0; c < _plan.SourceChannels; c++)
            {
                foreach (int x in _plan.ColumnPhaseOf(pair).Kernel)
                {
                    T* element = from + ((nint)c * _plan.WeightOfSource) + (y * _plan.KernelWidth) + x;
                    for (int column = 0; column < columns; column++)
                    {
                        to[column] = *element;
                        element += _plan.WeightOfTarget;
                    }

                    to += columns;
                }
            }
        }
    }
}
