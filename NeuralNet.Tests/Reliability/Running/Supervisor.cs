namespace NeuralNet.Tests.Reliability.Running;

/// <summary>Does a part in all its variants, and says what came of it.</summary>
internal static class Supervisor
{
    /// <summary>How long a case may take before its process is ended: far longer than any does, on the slowest machine.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(3);

    /// <summary>Does a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="seed">The seed of the first.</param>
    /// <param name="patience">How long a case may take.</param>
    /// <param name="report">Gets a line for each process.</param>
    /// <exception cref="DefectException">Something was found that must not be; the message says in which process and at which case.</exception>
    public static void Run(Part part, int rounds, long seed, TimeSpan patience, Action<string> report)
    {
        for (int done = 0, count; done < rounds; done += count)
        {
            count = Math.Min(part.RoundsOfAProcess, rounds - done);
            long first = seed + done;
            var results = new List<(Variant Variant, string Result)>();
            foreach (Variant variant in part.Variants)
            {
                string name = variant.Name.Length > 0 ? $"{part.Name}, {variant.Name}" : part.Name;
                Outcome outcome = ChildProcess.Run(part, variant, first, count, patience);
                if (!outcome.IsGood)
                {
                    throw new DefectException($"{name}: {outcome.Describe()}");
                }

                results.Add((variant, outcome.Output));
                report($"{name}: {outcome.Output}");
            }

            string agreed = results[0].Result;
            if (part.MustAgree && results.Find(result => result.Result != agreed) is { Variant: { } other, Result: var result })
            {
                throw new DefectException(
                    $"{part.Name}, seed {first}, {count} rounds: two processes disagree.\n  {part.Variants[0].Name}: {agreed}\n  {other.Name}: {result}");
            }
        }
    }
}
