using System.ComponentModel;
using System.Diagnostics;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers;

namespace NeuralNet.Benchmarks.Startup;

/// <summary>A program that does a small piece of work and ends, and how long it took each time, from its start to its end.</summary>
/// <param name="command">The program and its arguments.</param>
internal sealed class StartedProgram(params string[] command)
{
    private readonly List<double> _times = [];

    /// <summary>The median, in milliseconds.</summary>
    public double Median => Statistics.Median(_times);

    /// <summary>How far apart the runs in the middle half were, as a fraction of the median.</summary>
    public double Spread
    {
        get
        {
            double[] sorted = [.. _times.Order()];
            return (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / Median;
        }
    }

    /// <summary>Runs it once.</summary>
    /// <param name="counts">Whether the time is kept.</param>
    /// <exception cref="PeerException">It is not there, or failed; the message says what it wrote.</exception>
    public void Run(bool counts = true)
    {
        long start = Stopwatch.GetTimestamp();
        (int exitCode, string output) = Run(command);
        if (exitCode != 0)
        {
            throw new PeerException($"{command[0]} ended with {exitCode}: {output.Trim()}");
        }

        if (counts)
        {
            _times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    /// <exception cref="PeerException">It is not there.</exception>
    public static (int ExitCode, string Output) Run(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception error)
        {
            throw new PeerException($"{command[0]}: {error.Message}");
        }
    }
}
