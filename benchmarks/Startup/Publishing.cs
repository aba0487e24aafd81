using System.Runtime.InteropServices;
using NeuralNet.Benchmarks.Peers;

namespace NeuralNet.Benchmarks.Startup;

/// <summary>A way to publish <c>examples/Xor</c>, the program of the README.</summary>
/// <param name="Name">The way, as a row is named.</param>
/// <param name="Options">What <c>dotnet publish</c> is told.</param>
internal sealed record Publishing(string Name, params string[] Options)
{
    /// <summary>All ways that are measured.</summary>
    public static IReadOnlyList<Publishing> All { get; } =
    [
        new("as it comes"),
        new("trimmed, one file, precompiled", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:PublishTrimmed=true", "-p:PublishSingleFile=true", "-p:PublishReadyToRun=true"),
        new("compiled ahead of time", "-r", RuntimeInformation.RuntimeIdentifier, "-p:PublishAot=true"),
    ];

    /// <summary>Publishes, and leaves the repository as it is.</summary>
    /// <param name="folder">A temporary folder, that of this way alone.</param>
    /// <returns>The program.</returns>
    /// <exception cref="PeerException">It cannot be published; the message says why.</exception>
    public StartedProgram Into(string folder)
    {
        string published = Path.Combine(folder, "published"), built = Path.Combine(folder, "built");
        string[] command = ["dotnet", "publish", Path.Combine(Root(), "examples", "Xor"), "-c", "Release", "-o", published, "--artifacts-path", built, "-p:RunAnalyzers=false", .. Options];
        (int exitCode, string output) = StartedProgram.Run(command);
        return exitCode == 0
            ? new StartedProgram(Path.Combine(published, OperatingSystem.IsWindows() ? "Xor.exe" : "Xor"))
            : throw new PeerException(output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal), output).Trim());
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NeuralNet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new PeerException("The benchmarks do not run in the repository, where examples/Xor is.");
    }
}
