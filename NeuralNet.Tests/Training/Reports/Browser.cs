using System.ComponentModel;
using System.Diagnostics;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Chromium without a window, which a machine may lack.</summary>
internal static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Loads a page. Skips the test, saying why, where the browser is not installed.</summary>
    /// <returns>The page's document after loading, and what the page wrote to the console, errors of loading included.</returns>
    public static (string Document, IReadOnlyList<string> Console) Load(string html)
    {
        string folder = Directory.CreateTempSubdirectory("neuralnet-report-").FullName;
        try
        {
            string page = Path.Combine(folder, "report.html");
            File.WriteAllText(page, html);
            (string output, string errors) = Run($"--headless --no-sandbox --disable-gpu --user-data-dir=\"{Path.Combine(folder, "profile")}\" --enable-logging=stderr --log-level=0 --dump-dom \"file://{page}\"");
            return (output, [.. errors.Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))]);
        }
        finally
        {
            // A browser that was stopped may still be writing into its profile.
            for (int attempt = 0; Directory.Exists(folder); attempt++)
            {
                try
                {
                    Directory.Delete(folder, recursive: true);
                }
                catch (IOException) when (attempt < 20)
                {
                    Thread.Sleep(100);
                }
            }
        }
    }

    private static (string Output, string Errors) Run(string arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("chromium", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"Chromium did not load the page within {Patience}.");
            }

            return (output.Result, errors.Result);
        }
        catch (Win32Exception)
        {
            Needed.IsMissing("The program 'chromium'");
            throw;
        }
    }
}
