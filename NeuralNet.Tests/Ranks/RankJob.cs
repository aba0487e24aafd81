using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Ranks;

/// <summary>A job of several ranks, started as a user starts it: by <c>mpirun</c> of Open MPI or <c>mpiexec</c> of MPICH, on this machine.</summary>
internal static class RankJob
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>The launchers, each with its library.</summary>
    public static IReadOnlyList<string> Launchers { get; } = ["mpirun.openmpi", "mpiexec.mpich"];

    /// <summary>Runs a job of this assembly's, and waits for its end. Skips the test, saying why, where the launcher is not installed.</summary>
    /// <param name="launcher">One of <see cref="Launchers"/>; "none" for a process that nobody launches.</param>
    /// <param name="ranks">How many ranks.</param>
    /// <param name="arguments">What each does; see <see cref="RankProgram"/>.</param>
    /// <param name="environment">Variables of all ranks.</param>
    public static (int ExitCode, string[] Lines, string Errors) Run(string launcher, int ranks, string arguments, params ReadOnlySpan<(string Name, string Value)> environment) =>
        RunProgram(launcher, ranks, typeof(RankJob).Assembly.Location, $"{RankProgram.Verb} {arguments}", environment);

    /// <summary>Runs a job of some program.</summary>
    public static (int ExitCode, string[] Lines, string Errors) RunProgram(
        string launcher, int ranks, string assembly, string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        using Process process = Start(launcher, ranks, assembly, arguments, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"A job of {ranks} ranks did not end within {Patience.TotalSeconds:0} s: {arguments}");
        }

        process.WaitForExit();
        return (process.ExitCode, output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), errors.Result);
    }

    /// <summary>Starts a job.</summary>
    public static Process Start(string launcher, int ranks, string assembly, string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        Needed.Programs();
        string program = $"dotnet \"{assembly}\" {arguments}";
        ProcessStartInfo start = launcher == "none"
            ? new("dotnet", program["dotnet ".Length..])
            : new(launcher, string.Create(CultureInfo.InvariantCulture, $"{(launcher == "mpirun.openmpi" ? "--oversubscribe" : "-disable-auto-cleanup")} -n {ranks} {program}"));
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["NEURALNET_PROVIDER"] = "simd";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["TERM"] = "dumb";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Needed.IsMissing($"The program '{launcher}'");
            throw;
        }
    }
}
