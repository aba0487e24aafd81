using System.Diagnostics;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Packages;

/// <summary>The <c>dotnet</c> command, run as a user runs it.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Runs it and waits for its end.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables to set for it.</param>
    /// <returns>The exit code, and what it wrote, errors included.</returns>
    public static (int ExitCode, string Output) Run(string folder, string[] arguments, params ReadOnlySpan<(string Name, string Value)> environment) =>
        Run("dotnet", folder, arguments, environment);

    /// <summary>As the other, for any program.</summary>
    public static (int ExitCode, string Output) Run(
        string program, string folder, string[] arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        Needed.Programs();

        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the command that runs the tests has set for itself would lead another one astray.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {Longest.TotalMinutes} minutes.");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    /// <summary>Runs it, and fails the test where it fails or warns.</summary>
    /// <returns>What it wrote.</returns>
    public static string Succeed(string folder, string[] arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (int exitCode, string output) = Run(folder, arguments, environment);
        exitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{output}");
        output.ShouldNotContain("warning ", Case.Insensitive);
        return output;
    }
}
