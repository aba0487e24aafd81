using System.Globalization;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Core.Providers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>NeuralNet as a contestant: the line protocol that Peers/Programs/serving.py describes.</summary>
internal static class Server
{
    /// <summary>Answers until the input ends.</summary>
    public static void Run(TextReader input, TextWriter output)
    {
        try
        {
            output.WriteLine($"ready {MatrixProviders.Explain()}");
        }
        catch (PlatformNotSupportedException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return;
        }

        (string? Work, Job? Job) current = default;
        while (input.ReadLine() is { } line)
        {
            try
            {
                bool isRun = line.StartsWith("run ", StringComparison.Ordinal);
                string[] words = line.Split(' ', isRun ? 3 : 2);
                if (words[^1] != current.Work)
                {
                    current = default;
                    current = (words[^1], JobCatalog.Prepare(words[^1]));
                }

                Job job = current.Job!;
                double result = isRun ? Block.Median(job.Run, double.Parse(words[1])) : job.Score!();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ok {result:R}"));
            }
            catch (Exception failure)
            {
                output.WriteLine($"error {failure.GetType().Name} {failure.Message.ReplaceLineEndings(" ")}");
            }
        }
    }
}
