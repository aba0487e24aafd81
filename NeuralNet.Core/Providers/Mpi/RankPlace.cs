using System.Globalization;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>Where a rank runs.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Process">The process's number.</param>
/// <param name="Began">When the process began, as its system counts; empty where that is not known. With the number, it tells a process from all others of a machine.</param>
/// <param name="Processors">The processors that it may use, as the system lists them; empty where it does not.</param>
internal sealed record RankPlace(string Host, int Process, string Began, string Processors)
{
    private const string Allowed = "Cpus_allowed_list:";

    /// <summary>That of this process.</summary>
    public static RankPlace Own() => new(Environment.MachineName, Environment.ProcessId, Fields(Environment.ProcessId).Began, OwnProcessors());

    /// <summary>Whether this process sees the rank's among those of its own machine, alive.</summary>
    public bool IsRunningHere => Began.Length > 0 && Fields(Process) is (var state, var began) && began == Began && state is not ("Z" or "X");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RankPlace Parse(string text)
    {
        string[] parts = text.Split('|');
        return new(parts[3], int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Process}|{Began}|{Processors}|{Host}");

    // After the name in brackets come the state and, 19 fields later, the time of the start.
    private static (string State, string Began) Fields(int process)
    {
        try
        {
            string[] fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (fields[0], fields[19]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return ("", "");
        }
    }

    private static string OwnProcessors()
    {
        const string Status = "/proc/self/status";
        return File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Allowed, StringComparison.Ordinal))?[Allowed.Length..].Trim() ?? "" : "";
    }
}
