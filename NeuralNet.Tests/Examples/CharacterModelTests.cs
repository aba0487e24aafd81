using System.Globalization;

namespace NeuralNet.Tests.Examples;

internal sealed class CharacterModelTests
{
    private string _text = "";

    // A text that is easy to learn: each letter says what comes next.
    [OneTimeSetUp]
    public void WriteText()
    {
        _text = Path.GetTempFileName();
        File.WriteAllText(_text, string.Concat(Enumerable.Repeat("abcdefgh ijklmnop.\r\n", 1_200)));
    }

    [OneTimeTearDown]
    public void DeleteText() => File.Delete(_text);

    [TestCase("rnn", "RNN(128 → 256, 2 layers)")]
    [TestCase("lstm", "LSTM(128 → 256, 2 layers)")]
    [TestCase("gpt", "MultiHeadAttention(128, 4 heads, causal, rotary)")]
    public void Run_OnAnEasyText_LearnsItAndWritesIt(string model, string layer)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("CharacterModel", $"--model {model} --data {_text} --steps 60 --length 100 --prompt abc --temperature 0");

        exitCode.ShouldBe(0, errors);
        lines[0].ShouldBe("data: 20800 characters to train with, 2000 held out, 19 different ones");
        lines.ShouldContain(line => line.Contains(layer));
        lines.Count(line => line.StartsWith("step ", StringComparison.Ordinal)).ShouldBe(10);
        string[] written = [.. lines.SkipWhile(line => !line.StartsWith("abc", StringComparison.Ordinal)).SkipLast(1)];
        written.ShouldBe([.. Enumerable.Repeat("abcdefgh ijklmnop.", 5), "abcdefgh"]);
        double.Parse(lines[^1].Split(' ')[2], CultureInfo.InvariantCulture).ShouldBeLessThan(0.1);
    }

    [Test]
    public void Run_SameSeed_PrintsTheSameAtAnyNumberOfProcessors()
    {
        string[] first = Printed("--seed 5");
        Printed("--seed 5", ("DOTNET_PROCESSOR_COUNT", "1")).ShouldBe(first);
        Printed("--seed 6").ShouldNotBe(first);
    }

    [Test]
    public void Run_TooFewStepsOnThePages_FailsWithTheFigure()
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("CharacterModel", "--model rnn --steps 2 --length 5");
        exitCode.ShouldBe(1);
        lines[^1].ShouldStartWith("held-out loss: ");
        errors.ShouldContain("after 2 steps");
    }

    [TestCase("--model gru", "'gru'", "rnn", "lstm", "gpt")]
    [TestCase("--steps 0", "--steps must be 1 or more, got 0")]
    [TestCase("--length -1", "--length must be 1 or more, got -1")]
    [TestCase("--temperature -0.1", "--temperature must be 0 or more, got -0.1")]
    [TestCase("--temperature NaN", "--temperature must be 0 or more, got NaN")]
    [TestCase("--seed x", "'x'", "--seed")]
    [TestCase("--data does-not-exist", "does-not-exist")]
    [TestCase("--prompt \"ab😀\"", "U+D83D", "character 3", "does not occur in the text that the model has learned")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, params string[] parts)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("CharacterModel", arguments);
        exitCode.ShouldNotBe(0);
        errors.ShouldNotContain("   at ");
        foreach (string part in parts)
        {
            errors.ShouldContain(part);
        }
    }

    [Test]
    public void Run_ATextThatIsTooShortOrNone_SaysWhatIsNeeded()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "short");
        ExampleProgram.Run("CharacterModel", $"--data {path}").Errors.ShouldContain($"'{path}' has 5 characters; every tenth block of 2000 is held out");
        File.WriteAllBytes(path, [0x61, 0xFF, 0x62]);
        ExampleProgram.Run("CharacterModel", $"--data {path}").Errors.ShouldContain($"'{path}' is not text in UTF-8");
        File.Delete(path);
    }

    // All but the times.
    private string[] Printed(string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (_, string[] lines, _) = ExampleProgram.Run("CharacterModel", $"--data {_text} --steps 10 --length 50 --temperature 2 {arguments}", environment);
        return [.. lines.Select(line => line.StartsWith("step ", StringComparison.Ordinal) ? line[..line.LastIndexOf("  ", StringComparison.Ordinal)] : line)];
    }
}
