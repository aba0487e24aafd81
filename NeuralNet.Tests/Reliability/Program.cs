using System.Diagnostics;
using NeuralNet.Tests.Ranks;
using NeuralNet.Tests.Reliability.Running;
using NeuralNet.Tests.Reliability.Training;

namespace NeuralNet.Tests.Reliability;

/// <summary>The tests of reliability as a program, for as long as one likes: see docs/reliability.md. The test runner does not come here.</summary>
internal static class Program
{
    /// <summary>Does what the command line says.</summary>
    /// <returns>0 where nothing was found, 1 where something was, 2 where the command line is wrong.</returns>
    public static int Main(string[] arguments)
    {
        if (arguments is [ChildProcess.Verb, ..])
        {
            return ChildProcess.Serve(arguments);
        }

        if (arguments is [InterruptedTraining.Verb, ..])
        {
            return InterruptedTraining.Serve(arguments);
        }

        if (arguments is [RankProgram.Verb, ..])
        {
            return RankProgram.Serve(arguments);
        }

        try
        {
            Options options = Options.Parse(arguments);
            foreach (Part part in options.Parts)
            {
                var clock = Stopwatch.StartNew();
                if (part.Obstacle is { } obstacle)
                {
                    Console.WriteLine($"{part.Name}: left out. {obstacle}");
                    continue;
                }

                Supervisor.Run(part, options.Rounds, options.Seed, Supervisor.Patience, Console.WriteLine);
                Console.WriteLine($"{part.Name}: nothing found, {clock.Elapsed.TotalSeconds:0} s");
            }

            return 0;
        }
        catch (DefectException defect)
        {
            Console.Error.WriteLine(defect.Message);
            return 1;
        }
        catch (UsageException mistake)
        {
            Console.Error.WriteLine(
                $"""
                {mistake.Message}

                usage: dotnet run -c Release --project NeuralNet.Tests -- [PART …] [--rounds N] [--seed S]

                {string.Join('\n', PartCatalogue.All.Select(part => $"  {part.Name,-12}  {part.Summary}"))}

                  --rounds N    how much, in units of what the tests do; 1 if not given
                  --seed S      the seed of the first round; a failure names that of its round
                """);
            return 2;
        }
    }
}
