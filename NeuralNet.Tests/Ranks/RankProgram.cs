using System.Globalization;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>What a rank of a job does that a test has started: the first argument is <see cref="Verb"/>, the second one of the names below.</summary>
internal static class RankProgram
{
    /// <summary>The first argument of such a process.</summary>
    public const string Verb = "rank";

    /// <summary>Does what the command line says.</summary>
    /// <returns>The exit code.</returns>
    public static int Serve(string[] arguments)
    {
        try
        {
            using ICommunicator ranks = Communicator.Start();
            string[] rest = arguments[2..];
            switch (arguments[1])
            {
                case "describe":
                    Console.WriteLine($"{ranks.Description}; local {ranks.LocalRank} of {ranks.LocalSize}; threads {NeuralNet.Core.Operations.ComputeThreads.Count}");
                    break;
                case "collectives":
                    CollectiveCases.Run(ranks);
                    break;
                case "steps":
                    RankTraining.Run(ranks, rest);
                    break;
                case "trainer":
                    RankTrainer.Run(ranks, rest);
                    break;
                case "metrics":
                    RankMetrics.Run(ranks);
                    break;
                default:
                    RankFaults.Run(ranks, arguments[1], rest);
                    break;
            }

            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or PlatformNotSupportedException or ArgumentException or NotSupportedException or InvalidDataException)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 1;
        }
    }

    /// <summary>A number of the command line.</summary>
    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
