using System.ComponentModel;
using System.Diagnostics;

namespace NeuralNet.Tests.Support;

/// <summary>A program that a machine may lack.</summary>
internal static class ExternalProgram
{
    /// <summary>Runs a program with a text as its input. Skips the test, saying why, where the program is not installed.</summary>
    /// <returns>Its exit code and what it wrote to its error stream.</returns>
    public static (int ExitCode, string Errors) Run(string program, string arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            _ = output.Result;
            return (process.ExitCode, errors.Result);
        }
        catch (Win32Exception)
        {
            Needed.IsMissing($"The program '{program}'");
            throw;
        }
    }
}
