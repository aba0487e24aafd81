using System.Diagnostics;
using System.Globalization;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Examples;

/// <summary>An example, run as a user runs it: as a program of its own.</summary>
internal static class ExampleProgram
{
    /// <summary>Runs an example and waits for its end.</summary>
    /// <param name="name">Its name, which is that of its assembly.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables to set for it.</param>
    public static (int ExitCode, string[] Lines, string Errors) Run(
        string name, string arguments = "", params ReadOnlySpan<(string Name, string Value)> environment)
    {
        using Process process = Start(name, arguments, environment);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.TrimEnd().Split(Environment.NewLine), errors.Result);
    }

    /// <summary>Starts an example, whose output is read by the test.</summary>
    /// <param name="name">Its name, which is that of its assembly.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables to set for it.</param>
    public static Process Start(string name, string arguments = "", params ReadOnlySpan<(string Name, string Value)> environment)
    {
        Needed.Programs();

        string assembly = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        var start = new ProcessStartInfo("dotnet", $"\"{assembly}\" {arguments}") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string variable, string value) in environment)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs an example, asks it to end when it has written a line, and waits for its end.</summary>
    /// <param name="name">Its name, which is that of its assembly.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="isTime">Whether a line is the one.</param>
    public static (int ExitCode, string[] Lines, string Errors) RunAndInterrupt(string name, string arguments, Func<string, bool> isTime)
    {
        using Process process = Start(name, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is string line)
        {
            lines.Add(line);
            if (isTime(line))
            {
                // Not SIGINT: it is ignored by whatever a script has started in the background.
                using Process signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                signal.WaitForExit();
            }
        }

        process.WaitForExit();
        return (process.ExitCode, [.. lines], errors.Result);
    }
}
