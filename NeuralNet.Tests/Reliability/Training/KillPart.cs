using System.Diagnostics;
using System.Globalization;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>A training that is killed at random instants, while it saves too, and started again, until it is through: the same hash as of one that nobody disturbed.</summary>
internal sealed class KillPart : Part
{
    /// <summary>The line that the training writes after each step.</summary>
    public const string Step = "step";

    private const int KillsOfARound = 200;

    // Steps that an attempt is left to do: a checkpoint is saved after every third, so most get further.
    private const int MostSteps = 15;

    /// <inheritdoc/>
    public override string Name => "kills";

    /// <inheritdoc/>
    public override string Summary => "a training killed (SIGKILL) at random instants and resumed from its checkpoints: the weights of the undisturbed one";

    /// <inheritdoc/>
    public override int RoundsOfAProcess => 1;

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        var random = new Philox(seed);
        (int kills, int trainings) = (0, 0);
        while (kills < rounds * KillsOfARound)
        {
            string folder = Directory.CreateTempSubdirectory("neuralnet-kills-").FullName;
            try
            {
                string expected = InterruptedTraining.Run(null, seed + trainings), actual;
                while ((actual = Attempt(folder, seed + trainings, random)) == "")
                {
                    kills++;
                    current.Begin(seed, kills, "kill");
                }

                if (actual != expected)
                {
                    throw new DefectException($"seed {seed}, training {trainings}: undisturbed it gives {expected}, killed and resumed {actual}.");
                }

                trainings++;
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return $"{kills} kills in {trainings} trainings, each with the hash of the undisturbed one";
    }

    // Starts the training and kills it some time after it has begun; empty where it was killed, its last line where it got through.
    private static string Attempt(string folder, long seed, Philox random)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(KillPart).Assembly.Location, InterruptedTraining.Verb, folder, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string last = "";
        for (int steps = random.Next(MostSteps); steps >= 0 && process.StandardOutput.ReadLine() is string line; steps--)
        {
            last = line == Step ? "" : line;
        }

        // Between the steps, in the next one, or while it saves.
        if (last.Length == 0 && !process.WaitForExit(TimeSpan.FromMilliseconds(20 * random.NextDouble())))
        {
            process.Kill();
        }

        process.WaitForExit();
        string[] rest = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        last = last.Length > 0 ? last : rest.LastOrDefault(line => line != Step) ?? "";
        if (last.Length == 0 && errors.Result.Length > 0)
        {
            throw new DefectException($"seed {seed}: the training could not go on from its checkpoints:\n{errors.Result}");
        }

        return last;
    }
}
