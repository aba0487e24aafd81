using NeuralNet.Tests.Reliability.GuardPages;

namespace NeuralNet.Tests.Reliability.Running;

/// <summary>A fault made on purpose: what the program does not notice here it would not notice in a kernel.</summary>
/// <param name="name">Which one.</param>
/// <param name="summary">What it does.</param>
internal sealed class FaultPart(string name, string summary) : Part
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Summary => summary;

    /// <inheritdoc/>
    public override IReadOnlyList<Variant> Variants => name == "differ" ? [new("first"), new("second")] : [new("")];

    /// <inheritdoc/>
    public override bool MustAgree => true;

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        current.Begin(seed, 0, name);
        if (name == "hang")
        {
            Thread.Sleep(Timeout.Infinite);
        }

        if (name == "differ")
        {
            return $"process {Environment.ProcessId}";
        }

        using var arena = new Arena();
        arena.Begin(name == "read-behind" || name == "write-beside" ? Placement.BeforeAGuard : Placement.BehindAGuard, seed: 1);
        Fault(arena.Numbers<float>(5));
        arena.End();
        return "nothing was noticed";
    }

    private unsafe void Fault(Span<float> numbers)
    {
        fixed (float* first = numbers)
        {
            if (name == "read-behind")
            {
                float sum = 0;
                for (int i = 0; i <= numbers.Length; i++)
                {
                    sum += first[i];
                }

                Console.WriteLine(sum);
            }
            else
            {
                first[-1] = 1;
            }
        }
    }
}
