using System.Globalization;
using NeuralNet.Tests.Docs;

namespace NeuralNet.Tests.Packages;

/// <summary>The packages in a project of somebody else.</summary>
internal sealed class InstallTests
{
    /// <summary>The program of the README.</summary>
    public static string Xor => Page.Part("examples/Xor/Program.cs", "xor");

    [Test]
    public void Program_OfTheReadme_LearnsFromThePackages()
    {
        using var project = new OwnProject();
        project.WriteConsole(Xor);

        string output = project.Dotnet("run", "-c", "Release");

        ShouldBeExclusiveOr(output);
        project.InstalledPackages().ShouldBe(["neuralnet", "neuralnet.core", "neuralnet.layers", "neuralnet.training"]);
    }

    /// <summary>Compares what the program prints with 0, 1, 1, 0.</summary>
    public static void ShouldBeExclusiveOr(string output)
    {
        string[] lines = output.Trim().Split('\n');
        lines[0].Trim().ShouldBe("DenseMatrix 4x1-Double");
        double[] answers = [.. lines[1..].Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        answers.Length.ShouldBe(4);
        answers.Zip([0.0, 1, 1, 0], (actual, expected) => Math.Abs(actual - expected)).Max().ShouldBeLessThan(0.01);
    }
}
