namespace NeuralNet.Core.Kernels.Convolution;

/// <summary>Where the positions of a row of the source lie when it is packed: such that each element of the kernel sees the positions of a phase side by side.</summary>
/// <remarks>Positions whose distance is no multiple of the source's step go into blocks of their own; zeros stand for what lies outside of the row.</remarks>
internal sealed class RowLayout
{
    /// <summary>The layout of the rows of an axis.</summary>
    public RowLayout(Axis axis)
    {
        int step = axis.SourceStep;
        List<int> sources = [];
        Slots = [.. axis.Phases.Select(phase => new int[phase.Shifts.Length])];

        // Of a large step most blocks are empty.
        foreach (int block in axis.Phases.SelectMany(phase => phase.Shifts).Select(shift => Remainder(shift, step)).Distinct().Order())
        {
            int first = int.MaxValue, end = int.MinValue;
            foreach (AxisPhase phase in axis.Phases)
            {
                foreach (int shift in phase.Shifts.Where(shift => Remainder(shift, step) == block))
                {
                    int start = (shift - block) / step;
                    (first, end) = (Math.Min(first, start), Math.Max(end, start + phase.Count));
                }
            }

            for (int p = 0; p < Slots.Length; p++)
            {
                for (int i = 0; i < Slots[p].Length; i++)
                {
                    int shift = axis.Phases[p].Shifts[i];
                    Slots[p][i] = Remainder(shift, step) == block ? sources.Count + ((shift - block) / step) - first : Slots[p][i];
                }
            }

            for (int i = first; i < end; i++)
            {
                int source = (i * step) + block;
                sources.Add(source >= 0 && source < axis.SourceLength ? source : -1);
            }
        }

        Sources = [.. sources];
    }

    /// <summary>The source position of each packed one; −1 for zeros.</summary>
    public int[] Sources { get; }

    /// <summary>For each phase and element of the kernel, where the packed row has what the phase's first position sees.</summary>
    public int[][] Slots { get; }

    private static int Remainder(int shift, int step) => shift % step is var rest and < 0 ? rest + step : shift % step;
}
