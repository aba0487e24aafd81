using System.IO.Compression;
using System.Reflection;
using NeuralNet.Tests.Docs;

namespace NeuralNet.Tests.Packages;

/// <summary>The packages, packed once for all tests that read or install them, and deleted after them.</summary>
[SetUpFixture]
internal sealed class PackedPackages
{
    private static readonly Lazy<string> Packed = new(Pack);

    /// <summary>The folder of the packages.</summary>
    public static string Folder => Packed.Value;

    /// <summary>The version that all of them have.</summary>
    public static string Version { get; } = typeof(PackedPackages).Assembly.GetName().Version!.ToString(3);

    /// <summary>What a package consists of.</summary>
    /// <param name="name">The package.</param>
    /// <param name="extension"><c>nupkg</c>, or <c>snupkg</c> for its symbols.</param>
    public static ZipArchive Open(string name, string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(Folder, $"{name}.{Version}.{extension}"));

    /// <summary>Packs what was built with the tests.</summary>
    /// <returns>A new temporary folder.</returns>
    public static string Pack()
    {
        string folder = Directory.CreateTempSubdirectory("packages").FullName;
        string configuration = typeof(PackedPackages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        DotnetCommand.Succeed(Page.Root, ["pack", "NeuralNet.sln", "--no-build", "-c", configuration, "-o", folder]);
        return folder;
    }

    [OneTimeTearDown]
    public void Delete()
    {
        if (Packed.IsValueCreated)
        {
            Directory.Delete(Packed.Value, recursive: true);
        }
    }
}
