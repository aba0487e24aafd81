namespace NeuralNet.Tests.Examples;

/// <summary>What all small programs have in common: they say how they are called, and do not ignore what they do not understand.</summary>
internal sealed class UsageTests
{
    [Test]
    public void Run_Help_SaysHowAndSucceeds([Values("FeedForward", "Lecture", "OwnGate", "OwnLayer", "TwoLayerNet", "Xor")] string program, [Values("--help", "-h")] string option)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run(program, option);

        exitCode.ShouldBe(0, errors);
        lines.Length.ShouldBe(1);
        lines[0].ShouldStartWith($"usage: {program} ");
    }

    [Test]
    public void Run_UnknownArgument_NamesItAndFails([Values("FeedForward", "OwnGate", "TwoLayerNet", "Xor")] string program)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run(program, "--steps 5");

        exitCode.ShouldBe(2);
        errors.ShouldContain("'--steps' is not understood");
        errors.ShouldContain($"usage: {program} ");
        lines.ShouldBe([""]);
    }
}
