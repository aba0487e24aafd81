using System.Diagnostics;
using NeuralNet.Benchmarks.Limits;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>
/// Repeats a measurement while something else takes processor time from it: another program, another guest of the host, or a host
/// that puts the processors it shows onto one core.
/// </summary>
/// <remarks>Other programs are seen on Linux only; elsewhere they count as absent.</remarks>
internal static class QuietMachine
{
    private const string SystemTimes = "/proc/stat";
    private const double TicksPerSecond = 100;
    private const double Tolerance = 0.1;
    private const double MostCrowding = 1.4;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);

    // What all waiting of a run of the program may add up to, and what one measurement may wait.
    private static readonly TimeSpan LongestOfMeasurement = TimeSpan.FromSeconds(3);
    private static TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>Measurements that were disturbed at their last attempt too.</summary>
    public static int Disturbed { get; private set; }

    /// <summary>What the measurement gives when others take less than a tenth of a processor; at the last attempt, whatever it gives.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="worker">The process that does the work.</param>
    public static double Measure(Func<double> measurement, Process worker)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            bool hasOwnCores = ArithmeticPeak.Crowding() < MostCrowding;
            long start = Stopwatch.GetTimestamp();
            double before = SecondsOfOthers(worker);
            double result = measurement();
            double others = SecondsOfOthers(worker) - before;

            // The system counts in ticks, and one more or less proves nothing.
            bool isQuiet = others - (2 / TicksPerSecond) < Tolerance * Stopwatch.GetElapsedTime(start).TotalSeconds;
            isQuiet &= hasOwnCores;
            TimeSpan waited = Stopwatch.GetElapsedTime(begin);
            if (isQuiet || waited > LongestOfMeasurement || waited > _patience)
            {
                Disturbed += isQuiet ? 0 : 1;
                return result;
            }

            Thread.Sleep(Wait);
            _patience -= Stopwatch.GetElapsedTime(start);
        }
    }

    // Processor time that was not idle, nor waiting for a disk, nor the worker's.
    private static double SecondsOfOthers(Process worker)
    {
        if (!File.Exists(SystemTimes))
        {
            return 0;
        }

        string[] fields = File.ReadLines(SystemTimes).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] ticks = [.. fields.Skip(1).Take(8).Select(double.Parse)];
        const int Idle = 3, WaitingForDisk = 4;
        worker.Refresh();
        return ((ticks.Sum() - ticks[Idle] - ticks[WaitingForDisk]) / TicksPerSecond) - worker.TotalProcessorTime.TotalSeconds;
    }
}
