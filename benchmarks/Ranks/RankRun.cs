using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NeuralNet.Benchmarks.Ranks;

/// <summary>A job of several ranks on this machine, whose first line that begins with <c>median</c> is the result.</summary>
internal static class RankRun
{
    /// <summary>Runs ours by Open MPI.</summary>
    /// <returns>Median microseconds; null where <c>mpirun</c> is not there or the job failed.</returns>
    public static double? Ours(int ranks, int threads, params string[] work)
    {
        string[] own = ["dotnet", typeof(RankRun).Assembly.Location, RankChild.Verb, .. work];
        string[] command = ranks == 1 ? own : ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", $"{ranks}", .. own];
        return Run(command, threads);
    }

    /// <summary>Runs PyTorch's DistributedDataParallel with gloo.</summary>
    /// <returns>Median microseconds; null where it is not there.</returns>
    public static double? PyTorch(int ranks, int threads, int samples)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Peers", "Programs", "torch_ranks.py"), python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        return Run([python, script, $"{ranks}", $"{threads}", $"{samples}"], threads);
    }

    private static double? Run(string[] command, int threads)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Peers.Settings.Clean(start.Environment);
        foreach ((string name, string value) in new[]
        {
            ("NEURALNET_THREADS", $"{threads}"), ("OMP_NUM_THREADS", $"{threads}"), ("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"), ("TERM", "dumb"),
        })
        {
            start.Environment[name] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string? line = process.StandardOutput.ReadToEnd().Split('\n').FirstOrDefault(line => line.Contains("median", StringComparison.Ordinal));
            process.WaitForExit();
            _ = errors.Result;
            return line is null ? null : double.Parse(line[line.IndexOf("median", StringComparison.Ordinal)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
