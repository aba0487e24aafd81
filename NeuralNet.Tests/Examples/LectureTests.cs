namespace NeuralNet.Tests.Examples;

internal sealed class LectureTests
{
    [Test]
    public void Run_WithAFolder_AllFiguresAgreeAndPicturesAreWritten()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("neuralnet-lecture");
        try
        {
            (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Lecture", $"--out \"{folder.FullName}\"");

            exitCode.ShouldBe(0, errors);
            lines[^1].ShouldBe("all figures agree");
            folder.GetFiles("*.svg").Select(file => file.Name).ShouldBe(
                [
                    "L01-sum-times-number.svg", "L02-variable-used-twice.svg", "L03-sigmoid-of-primitives.svg", "L04-sigmoid-gate.svg",
                    "L06-patterns.svg", "L07-several-paths.svg", "L11-squared-norm.svg", "L21-local-error-signal.svg",
                ],
                ignoreOrder: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Run_WithoutOptions_NamesTheLecturesAndSaysWhereOtherTopicsAre()
    {
        (int exitCode, string[] lines, _) = ExampleProgram.Run("Lecture");

        exitCode.ShouldBe(0);
        lines[0].ShouldContain("CS231n lecture 4");
        lines[1].ShouldContain("CS224n lecture 3");
        for (int topic = 1; topic <= 23; topic++)
        {
            lines.ShouldContain(line => line.TrimStart().StartsWith($"L{topic} ", StringComparison.Ordinal) || line.StartsWith($"L{topic},", StringComparison.Ordinal));
        }
    }

    [TestCase("--draw", "'--draw' is not an option")]
    [TestCase("--out", "--out needs a folder")]
    [TestCase("--out --draw", "--out needs a folder")]
    [TestCase("--out a b", "'b' is one argument too many")]
    [TestCase("--out /dev/null/pictures", "/dev/null/pictures")]
    [TestCase("--out \"\"", "--out")]
    public void Run_CommandLineThatIsNotUnderstood_SaysWhyAndHow(string arguments, string part)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Lecture", arguments);

        exitCode.ShouldBe(2);
        errors.ShouldContain(part);
        errors.ShouldContain("usage: Lecture [--out DIR]");
        errors.ShouldNotContain("   at ");
        lines.ShouldBe([""]);
    }

    [Test]
    public void Run_OutIsAFile_SaysSoAndLeavesIt()
    {
        string file = Path.GetTempFileName();
        try
        {
            (int exitCode, _, string errors) = ExampleProgram.Run("Lecture", $"--out \"{file}\"");

            exitCode.ShouldBe(2);
            errors.ShouldStartWith($"error: --out: '{file}' is a file, not a folder.");
            new FileInfo(file).Length.ShouldBe(0);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
