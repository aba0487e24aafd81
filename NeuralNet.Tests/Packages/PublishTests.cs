using System.Runtime.InteropServices;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Packages;

/// <summary>The program of the README, published in each way that .NET has: without a warning, as a program that starts and learns.</summary>
internal sealed class PublishTests
{
    [Test]
    public void Program_AsASingleFile_Learns() => ShouldLearn("-p:PublishSingleFile=true", "--no-self-contained").ShouldBe([Name]);

    [Test]
    public void Program_Trimmed_Learns() => ShouldLearn("-p:PublishTrimmed=true", "-p:PublishSingleFile=true", "--self-contained").ShouldBe([Name]);

    [Test]
    public void Program_CompiledAheadOfTime_Learns() => ShouldLearn("-p:PublishAot=true").ShouldBe([Name]);

    private static string Name => OperatingSystem.IsWindows() ? "Own.exe" : "Own";

    // Gives the files of what was published, without symbols.
    private static string[] ShouldLearn(params string[] ways)
    {
        using var project = new OwnProject();
        project.WriteConsole(InstallTests.Xor);
        string[] publish = ["publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "published", "-p:TrimmerSingleWarn=false", "-warnaserror", .. ways];
        (int exitCode, string output) = project.Try(publish);
        SkipWhereAPackIsMissing(exitCode, output);
        exitCode.ShouldBe(0, output);
        output.ShouldNotContain("warning ", Case.Insensitive);

        string folder = Path.Combine(project.Folder, "published");
        (int code, string answers) = DotnetCommand.Run(Path.Combine(folder, Name), folder, []);
        code.ShouldBe(0, answers);
        InstallTests.ShouldBeExclusiveOr(answers);
        return [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Where(name => Path.GetExtension(name) is not (".pdb" or ".dbg" or ".xml"))];
    }

    // The runtime to pack in, or that of programs compiled ahead of time, comes from a source of packages; the linker from the system.
    private static void SkipWhereAPackIsMissing(int exitCode, string output)
    {
        if (exitCode == 0)
        {
            return;
        }

        if (output.Contains("Microsoft.NETCore.App.Runtime.NativeAOT", StringComparison.Ordinal) && output.Contains("NU1101", StringComparison.Ordinal))
        {
            // Not Needed.IsMissing: where the sources of a machine do not have this package, nothing that could be installed brings it.
            Assert.Ignore("No source of packages on this machine has the runtime for programs compiled ahead of time, Microsoft.NETCore.App.Runtime.NativeAOT.");
        }

        if (output.Contains("NU1101", StringComparison.Ordinal) || output.Contains("NU1301", StringComparison.Ordinal))
        {
            Needed.IsMissing("The runtime pack of .NET");
        }

        if (output.Contains("Platform linker not found", StringComparison.Ordinal))
        {
            Needed.IsMissing("A linker (clang)");
        }
    }
}
