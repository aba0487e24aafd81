using System.Globalization;

namespace NeuralNet.Tests.Packages;

/// <summary>The template for <c>dotnet new</c>, installed from its package.</summary>
internal sealed class TemplateTests
{
    [TestCase("", "float")]
    [TestCase("--double", "double")]
    public void Project_OfTheTemplate_TrainsAndSaysItsAccuracy(string option, string element)
    {
        using var project = new OwnProject();
        string hive = Path.Combine(project.Folder, ".hive"), folder = Path.Combine(project.Folder, "MyNet");
        project.Dotnet("new", "install", Path.Combine(PackedPackages.Folder, $"NeuralNet.Templates.{PackedPackages.Version}.nupkg"), "--debug:custom-hive", hive);
        project.Dotnet(["new", "neuralnet", "-n", "MyNet", "--skipRestore", "--debug:custom-hive", hive, .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        project.Dotnet("build", "-c", "Release", "-warnaserror", "MyNet");

        string[] lines = project.Dotnet("run", "-c", "Release", "--no-build", "--project", "MyNet").Trim().Split('\n');

        lines[0].ShouldStartWith("epoch 10: training loss ");
        string accuracy = lines.Single(line => line.StartsWith("test accuracy: ", StringComparison.Ordinal));
        double.Parse(accuracy.Split(' ')[^1], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0.95);
        lines[^1].Trim().ShouldBe("the point (0, 2) is of class 0");
        File.ReadAllText(Path.Combine(folder, "Program.cs")).ShouldContain($"new Adam<{element}>(");
        File.ReadAllLines(Path.Combine(project.Folder, "history.csv"))[0].ShouldStartWith("epoch,steps,samples,seconds,training loss,validation loss,validation accuracy");
        project.InstalledPackages().ShouldBe(["neuralnet", "neuralnet.core", "neuralnet.layers", "neuralnet.training"]);
    }
}
