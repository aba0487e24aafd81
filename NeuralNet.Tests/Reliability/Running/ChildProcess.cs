using System.Diagnostics;
using System.Globalization;

namespace NeuralNet.Tests.Reliability.Running;

/// <summary>A part, done in a process of its own: what ends it does not end the one that asked, and settings of the runtime can differ.</summary>
internal static class ChildProcess
{
    /// <summary>The first argument of such a process.</summary>
    public const string Verb = "child";

    /// <summary>Its exit code where it found a defect itself.</summary>
    public const int DefectCode = 3;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Starts the process and waits for its end.</summary>
    /// <param name="part">What it does.</param>
    /// <param name="variant">Its circumstances.</param>
    /// <param name="seed">The seed of the first round.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="patience">How long a case may take.</param>
    public static Outcome Run(Part part, Variant variant, long seed, int rounds, TimeSpan patience)
    {
        string caseFile = CaseFile.Make();
        try
        {
            var start = new ProcessStartInfo("dotnet",
            [
                typeof(ChildProcess).Assembly.Location, Verb, part.Name, seed.ToString(CultureInfo.InvariantCulture),
                rounds.ToString(CultureInfo.InvariantCulture), caseFile, variant.Threads.ToString(CultureInfo.InvariantCulture),
                variant.HasDecimalComma.ToString(),
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["NEURALNET_PROVIDER"] = "simd";
            foreach ((string name, string value) in variant.Environment)
            {
                start.Environment[name] = value;
            }

            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            bool isStalled = !EndsBy(process, caseFile, patience);
            return new(process.ExitCode, isStalled, output.Result.TrimEnd(), errors.Result, CaseFile.Read(caseFile));
        }
        finally
        {
            File.Delete(caseFile);
        }
    }

    /// <summary>What the process does.</summary>
    /// <param name="arguments">The command line that <see cref="Run"/> made.</param>
    /// <returns>The exit code.</returns>
    public static int Serve(ReadOnlySpan<string> arguments)
    {
        Part part = PartCatalogue.Find(arguments[1]);
        long seed = long.Parse(arguments[2], CultureInfo.InvariantCulture);
        int rounds = int.Parse(arguments[3], CultureInfo.InvariantCulture), threads = int.Parse(arguments[5], CultureInfo.InvariantCulture);
        using CaseFile current = CaseFile.Open(arguments[4]);
        if (threads > 0)
        {
            NeuralNet.Core.Operations.ComputeThreads.Count = threads;
        }

        if (bool.Parse(arguments[6]))
        {
            UseDecimalComma();
        }

        try
        {
            Console.WriteLine(part.Run(seed, rounds, current));
            return 0;
        }
        catch (DefectException defect)
        {
            Console.Error.WriteLine(defect.Message);
            return DefectCode;
        }
    }

    private static bool EndsBy(Process process, string caseFile, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        string seen = "";
        while (!process.WaitForExit(Look < patience ? Look : patience))
        {
            string now = CaseFile.Read(caseFile);
            if (now != seen)
            {
                seen = now;
                clock.Restart();
            }
            else if (clock.Elapsed > (now.Length > 0 ? patience : Supervisor.Patience)) // Until the first case, a process starts.
            {
                process.Kill();
                process.WaitForExit();
                return false;
            }
        }

        process.WaitForExit();
        return true;
    }

    // The processes run without the system's cultures, so it is made: 0,5 and −1.
    private static void UseDecimalComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.CurrentCulture) = (culture, culture);
    }
}
