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
    public void Run_UnknownOption_SaysHow()
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Lecture", "--draw");

        exitCode.ShouldBe(2);
        errors.ShouldContain("usage");
    }
}
