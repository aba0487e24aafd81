using System.Diagnostics;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>Repeats a measurement while something else takes processor time from it: another program, or another guest of the host.</summary>
/// <remarks>On Linux; elsewhere what was measured first counts.</remarks>
internal static class QuietMachine
{
    private const string SystemTimes = "/proc/stat";
    private const double TicksPerSecond = 100;
    private const double Tolerance = 0.1;
    private const int Attempts = 8;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    /// <summary>Measurements that were disturbed at their last attempt too.</summary>
    public static int Disturbed { get; private set; }

    /// <summary>What the measurement gives when others take less than a tenth of a processor; at the last attempt, whatever it gives.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="worker">The process that does the work.</param>
    public static double Measure(Func<double> measurement, Process worker)
    {
        for (int attempt = 1; ; attempt++)
        {
            long start = Stopwatch.GetTimestamp();
            double before = SecondsOfOthers(worker);
            double result = measurement();
            double others = SecondsOfOthers(worker) - before;

            // The system counts in ticks, and one more or less proves nothing.
            bool isQuiet = others - (2 / TicksPerSecond) < Tolerance * Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (isQuiet || attempt == Attempts)
            {
                Disturbed += isQuiet ? 0 : 1;
                return result;
            }

            Thread.Sleep(Wait);
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
