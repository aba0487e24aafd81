using System.Text.RegularExpressions;

namespace NeuralNet.Tests.Packages;

/// <summary>A project in a temporary folder, outside the repository, that can have our packages from <see cref="PackedPackages"/> and nowhere else; deleted when disposed.</summary>
/// <remarks>The packages that ours use are those that were restored for the repository, so that nothing is fetched; what is not there comes from the sources of the machine.
/// All that is installed goes into the folder.</remarks>
internal sealed partial class OwnProject : IDisposable
{
    private static readonly Lazy<string[]> Sources = new(() =>
        [.. EnabledSource().Matches(DotnetCommand.Succeed(Path.GetTempPath(), ["nuget", "list", "source"])).Select(match => match.Groups["name"].Value)]);

    /// <summary>An empty folder with a <c>nuget.config</c>.</summary>
    public OwnProject()
    {
        string elsewhere = string.Concat(Sources.Value.Select(name => $"""<packageSource key="{name}"><package pattern="*" /></packageSource>"""));
        Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><add key="neuralnet-packed" value="{PackedPackages.Folder}" /></packageSources>
              <fallbackPackageFolders><add key="restored" value="{Restored}" /></fallbackPackageFolders>
              <packageSourceMapping>
                <packageSource key="neuralnet-packed"><package pattern="NeuralNet" /><package pattern="NeuralNet.*" /></packageSource>
                {elsewhere}
              </packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("project").FullName;

    private string Installed => Path.Combine(Folder, ".packages");

    // Where the repository's own restore has put the packages.
    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Writes a file.</summary>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Writes a console project that needs <c>NeuralNet</c>, and its program.</summary>
    public void WriteConsole(string program)
    {
        Write(
            "Own.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NeuralNet" Version="{PackedPackages.Version}" />
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", program);
    }

    /// <summary>Runs the <c>dotnet</c> command in the folder; see <see cref="DotnetCommand.Succeed"/>.</summary>
    public string Dotnet(params string[] arguments) => DotnetCommand.Succeed(Folder, arguments, ("NUGET_PACKAGES", Installed));

    /// <summary>As <see cref="Dotnet"/>, where it may fail.</summary>
    public (int ExitCode, string Output) Try(params string[] arguments) => DotnetCommand.Run(Folder, arguments, ("NUGET_PACKAGES", Installed));

    /// <summary>The packages of ours that were installed into the folder.</summary>
    public string[] InstalledPackages() => [.. Directory.GetDirectories(Installed, "neuralnet*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [GeneratedRegex(@"^ +\d+\. +(?<name>.+) \[Enabled\]\r?$", RegexOptions.Multiline)]
    private static partial Regex EnabledSource();
}
