using System.Diagnostics;
using System.Globalization;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Ranks;

/// <summary>A training of several ranks of which one is killed, at a random instant, again and again, until it is through.</summary>
internal static class RankKills
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Kills a random rank a number of times, and then lets the training through.</summary>
    /// <param name="launcher">Who starts the job.</param>
    /// <param name="ranks">How many ranks.</param>
    /// <param name="kills">How many kills.</param>
    /// <param name="seed">What instants and ranks are drawn from.</param>
    /// <param name="folder">The folder of checkpoints.</param>
    /// <returns>What all ranks say at the end, and how many kills it took.</returns>
    /// <exception cref="DefectException">A job did not end in time, or ranks differ.</exception>
    public static (string Result, int Kills) Run(string launcher, int ranks, int kills, long seed, string folder)
    {
        var random = new Philox(seed);
        for (int left = kills; ; left--)
        {
            using Process job = RankJob.Start(launcher, ranks, typeof(RankKills).Assembly.Location, $"{RankProgram.Verb} trainer {folder} slow");
            Task<string> errors = job.StandardError.ReadToEndAsync();
            List<string> lines = [];
            int steps = left > 0 ? random.Next(5) : int.MaxValue;
            while (job.StandardOutput.ReadLine() is string line)
            {
                if (!line.Contains(RankTrainer.Step, StringComparison.Ordinal))
                {
                    lines.Add(line.Trim());
                }
                else if (steps-- == 0)
                {
                    Thread.Sleep(TimeSpan.FromMilliseconds(20 * random.NextDouble()));
                    KillOne(job.Id, random);
                    break;
                }
            }

            Task<string> rest = job.StandardOutput.ReadToEndAsync();
            if (!job.WaitForExit(Longest))
            {
                job.Kill(entireProcessTree: true);
                throw new DefectException($"seed {seed}: the job of a killed rank did not end within {Longest.TotalSeconds:0} s.");
            }

            lines.AddRange(rest.Result.Split('\n').Select(line => line.Trim()));
            string[] results = [.. lines.Where(line => line.StartsWith("rank ", StringComparison.Ordinal) && line.Contains("hash")).Select(line => line.Split(' ', 3)[2])];
            if (job.ExitCode == 0 && results.Length == ranks)
            {
                return results.Distinct().Count() == 1 ? (results[0], kills - left) : throw new DefectException($"seed {seed}: ranks end differently: {string.Join("; ", results)}");
            }

            if (left <= 0 || errors.Result.Contains("InvalidData", StringComparison.Ordinal))
            {
                throw new DefectException($"seed {seed}: the training could not go on from its checkpoints:\n{errors.Result}\n{string.Join('\n', lines)}");
            }
        }
    }

    // The ranks are the processes of this assembly below the launcher.
    private static void KillOne(int launcher, Philox random)
    {
        int[] ranks = [.. Descendants(launcher).Where(IsRank).Order()];
        if (ranks.Length > 0)
        {
            using Process kill = Process.Start("kill", ["-KILL", ranks[random.Next(ranks.Length)].ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    private static bool IsRank(int process) => Read($"/proc/{process}/cmdline").StartsWith("dotnet", StringComparison.Ordinal);

    private static IEnumerable<int> Descendants(int parent)
    {
        string tasks = $"/proc/{parent}/task";
        int[] children = !Directory.Exists(tasks) ? [] :
        [
            .. Directory.EnumerateDirectories(tasks).SelectMany(task => Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
        ];
        return children.Concat(children.SelectMany(Descendants));
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // It has ended meanwhile.
        }
    }
}
