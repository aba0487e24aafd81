using System.Reflection;
using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Tests.Docs;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Packages;

/// <summary>The same sources give the same libraries, wherever they are built.</summary>
internal sealed class DeterminismTests
{
    private static readonly string[] Files = ["Directory.Build.props", "Directory.Packages.props", "global.json", "LICENSE"];
    private static readonly string[] Folders = ["NeuralNet.Core", "NeuralNet.Layers", "NeuralNet.Training", "packaging"];

    [Test]
    public void Build_InAnotherFolder_GivesTheSameBytes()
    {
        Assembly[] libraries = [typeof(Cache<>).Assembly, typeof(Linear<>).Assembly, typeof(Loss<,>).Assembly];
        string root = Directory.CreateTempSubdirectory("build").FullName;
        try
        {
            Copy(root);
            // What git says in the repository.
            string commit = libraries[0].GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+') is [_, string named] ? named : "";
            string configuration = libraries[0].GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
            DotnetCommand.Succeed(
                root,
                ["build", "NeuralNet.Training", "-c", configuration, $"-p:SourceRevisionId={commit}", "-p:RunAnalyzers=false", "-p:ContinuousIntegrationBuild=false"]);

            foreach (Assembly library in libraries)
            {
                string name = Path.GetFileName(library.Location);
                File.ReadAllBytes(Path.Combine(root, "NeuralNet.Training", "bin", configuration, "net10.0", name)).AsSpan()
                    .SequenceEqual(File.ReadAllBytes(library.Location)).ShouldBeTrue(name);
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Copy(string root)
    {
        string[] built = [$"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"];
        IEnumerable<string> sources = Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Page.Root, folder), "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Page.Root, path))
            .Where(path => !built.Any(folder => path.Contains(folder, StringComparison.Ordinal)));
        foreach (string path in sources.Concat(Files))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.Copy(Path.Combine(Page.Root, path), Path.Combine(root, path));
        }
    }
}
