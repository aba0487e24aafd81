using System.Globalization;

namespace NeuralNet.Tests.Examples;

internal sealed class NerTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ner").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Run_NoArguments_LearnsItsOwnSentences()
    {
        string[] lines = Lines("");
        lines[0].ShouldContain("--data");
        lines.ShouldContain(line => line.Contains("Linear(275 → 100)"));
        lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBe(20);
        lines.Count(line => line.StartsWith("LOC ", StringComparison.Ordinal)).ShouldBe(2);
        F1(lines.TakeWhile(line => !line.StartsWith("Which of", StringComparison.Ordinal)), "LOC").ShouldBeGreaterThan(0.7);
        F1(lines, "micro").ShouldBeGreaterThan(0.7);
        lines[^1].ShouldContain("/LOC");
    }

    [Test]
    public void Run_SameSeed_PrintsTheSameAtAnyNumberOfProcessors()
    {
        string[] first = Lines("--seed 3 --epochs 2");
        Lines("--seed 3 --epochs 2").ShouldBe(first);
        Lines("--seed 3 --epochs 2", ("DOTNET_PROCESSOR_COUNT", "1")).ShouldBe(first);
        Lines("--seed 4 --epochs 2").ShouldNotBe(first);
    }

    // What stands after "in" is a place, and what stands before "works" a person: what a window can know of words it has never seen.
    [Test]
    public void Run_File_LearnsItsTags()
    {
        IEnumerable<string> sentences = Enumerable.Range(0, 100).Select(i => i % 2 == 0
            ? $"He O\nlives O\nin O\nTown{Letters(i)} B-LOC\n. O\n"
            : $"Now O\nName{Letters(i)} I-PER\nworks O\nagain O\n. O\n");
        string[] lines = Lines($"--data \"{File(string.Join('\n', sentences))}\" --seed 1");
        lines[1].ShouldStartWith("80 sentences of 400 tokens to train with, 20 of 100 to test;");
        lines[1].ShouldEndWith("tags LOC, O, PER");
        F1(lines, "LOC").ShouldBe(1);
        F1(lines, "PER").ShouldBe(1);
        F1(lines, "micro").ShouldBe(1);
    }

    [TestCase("--epochs 0", "--epochs must be 1 or more, got 0")]
    [TestCase("--epochs x", "'x'", "--epochs")]
    [TestCase("--seed 1.5", "'1.5'", "--seed")]
    [TestCase("--file a", "--file")]
    [TestCase("--data", "--data")]
    [TestCase("--data does-not-exist", "does-not-exist")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, params string[] parts) => ShouldFail(arguments, parts);

    [TestCase("a O\nb\n", "line 2", "columns")]
    [TestCase("", "text.conll", "empty")]
    [TestCase("\n\n", "text.conll", "no sentences")]
    [TestCase("a O\n\nHere O\nis O\nOslo LOC\n", "sentence 2 ('Here is Oslo …')", "Tag 2 is 'LOC'")]
    [TestCase("a O\n\nb O\n\nc I-PER\n", "nothing to learn", "3 sentences, 2 of them to train with", "tagged LOC")]
    [TestCase("Oslo I-LOC\n", "nothing to learn", "1 sentences, 0 of them to train with")]
    public void Run_BadFile_SaysWhatIsWrongWithIt(string text, params string[] parts) => ShouldFail($"--data \"{File(text)}\"", parts);

    [Test]
    public void Run_Help_ListsTheOptions()
    {
        (int exitCode, string[] lines, _) = ExampleProgram.Run("Ner", "--help");
        exitCode.ShouldBe(0);
        string.Join('\n', lines).ShouldContain("--data");
    }

    private static string Letters(int number) => $"{(char)('a' + (number / 26))}{(char)('a' + (number % 26))}";

    // The last line of that title: LOC stands there for the one question and for the other.
    private static double F1(IEnumerable<string> lines, string title)
    {
        string line = lines.Last(line => line.StartsWith($"{title} ", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    // All but the times.
    private static string[] Lines(string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Ner", arguments, environment);
        exitCode.ShouldBe(0, errors);
        return [.. lines.Where(line => !line.StartsWith("training ", StringComparison.Ordinal))];
    }

    private static void ShouldFail(string arguments, string[] parts)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Ner", arguments);
        exitCode.ShouldBe(1);
        errors.ShouldNotContain("   at ");
        errors.ShouldNotContain("Unhandled");
        foreach (string part in parts)
        {
            errors.ShouldContain(part);
        }
    }

    private string File(string text)
    {
        string path = Path.Combine(_folder, "text.conll");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
