using NeuralNet.Tests.Docs;

namespace NeuralNet.Tests.Support;

/// <summary>A script of the folder Reference, run while tests run: what it is compared with are files, not figures.</summary>
internal static class PythonProgram
{
    // Debian's own, whose packages CI installs; another Python may come first in the path, without them.
    private const string OfDebian = "/usr/bin/python3";

    private static string Name => File.Exists(OfDebian) ? OfDebian : "python3";

    /// <summary>Runs a script, which must succeed. Skips the test, saying why, where Python or a package is not installed.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="packages">What it imports, other than Python's own.</param>
    /// <returns>What it wrote to its error stream.</returns>
    public static string Run(string script, string arguments, params string[] packages)
    {
        foreach (string package in packages)
        {
            const string Find = "import importlib.util,sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
            if (ExternalProgram.Run(Name, $"-c \"{Find}\" {package}", "").ExitCode != 0)
            {
                Needed.IsMissing($"The Python package '{package}'");
            }
        }

        string path = Path.Combine(Page.Root, "NeuralNet.Tests", "Reference", script);
        (int exitCode, string errors) = ExternalProgram.Run(Name, $"\"{path}\" {arguments}", "");
        exitCode.ShouldBe(0, errors);
        return errors;
    }
}
