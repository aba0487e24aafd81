using System.Globalization;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>Where a rank runs.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="Process">The process's number.</param>
/// <param name="Processors">The processors that it may use, as the system lists them; empty where it does not.</param>
internal sealed record RankPlace(string Host, int Process, string Processors)
{
    private const string Status = "/proc/self/status", Allowed = "Cpus_allowed_list:";

    /// <summary>That of this process.</summary>
    public static RankPlace Own() => new(Environment.MachineName, Environment.ProcessId, OwnProcessors());

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RankPlace Parse(string text)
    {
        string[] parts = text.Split('|');
        return new(parts[2], int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Process}|{Processors}|{Host}");

    private static string OwnProcessors() => File.Exists(Status)
        ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Allowed, StringComparison.Ordinal))?[Allowed.Length..].Trim() ?? ""
        : "";
}
