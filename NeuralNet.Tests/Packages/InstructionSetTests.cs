namespace NeuralNet.Tests.Packages;

/// <summary>What the package sets for programs that are compiled ahead of time, in a project that has it.</summary>
internal sealed class InstructionSetTests
{
    [Test]
    public void InstructionSet_OfAProjectWithThePackage_IsForVectorsAndCanBeChosen()
    {
        using var project = new OwnProject();
        project.WriteConsole("");
        project.Dotnet("restore");

        Of(project, "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64").ShouldBe("x86-64-v3");
        Of(project, "-p:PublishAot=true", "-p:RuntimeIdentifier=win-x64").ShouldBe("x86-64-v3");
        Of(project, "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", "-p:IlcInstructionSet=native").ShouldBe("native");
        Of(project, "-p:PublishAot=true", "-p:RuntimeIdentifier=osx-arm64").ShouldBe("");
        Of(project, "-p:RuntimeIdentifier=linux-x64").ShouldBe("");
    }

    private static string Of(OwnProject project, params string[] properties) => project.Dotnet(["msbuild", "-getProperty:IlcInstructionSet", .. properties]).Trim();
}
