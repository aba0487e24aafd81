using System.Text.RegularExpressions;

namespace NeuralNet.Tests.Docs;

public sealed class PageTests
{
    [TestCaseSource(typeof(Page), nameof(Page.All))]
    public void Blocks_OfAPage_AreThePartsTheyName(string path)
    {
        foreach ((string source, string name, string code) in Page.Read(path).Sources())
        {
            code.ShouldBe(Page.Part(source, name), $"{path}, block {name}");
        }
    }

    [TestCaseSource(typeof(Page), nameof(Page.All))]
    public void Lecture_FirstMentionOnAPage_SaysWhich(string path)
    {
        // What readers see: no comments, no paths, no code.
        string text = Regex.Replace(Page.Read(path).Text, @"<!--.*?-->|```.*?```|`[^`\n]*`|\]\([^)]*\)|^#.*?$", "", RegexOptions.Singleline | RegexOptions.Multiline);
        string? paragraph = text.Split("\n\n").FirstOrDefault(part => part.Contains("lecture", StringComparison.OrdinalIgnoreCase));
        paragraph?.ShouldMatch("CS231n lecture 4|CS224n lecture 3", $"{path}: {paragraph}");
    }

    [TestCase("CONTRIBUTING.md")]
    [TestCase("docs/gradient-checking.md")]
    [TestCase("docs/lectures/circuits.md")]
    [TestCase("docs/lectures/convolution.md")]
    [TestCase("docs/lectures/drawing.md")]
    [TestCase("docs/lectures/gates.md")]
    [TestCase("docs/lectures/gradient-check.md")]
    [TestCase("docs/lectures/graphs.md")]
    [TestCase("docs/lectures/jacobians.md")]
    [TestCase("docs/lectures/recurrent.md")]
    [TestCase("docs/lectures/turing-machine.md")]
    [TestCase("docs/lectures/vectors.md")]
    public void Blocks_OfAPage_AllNameTheirSource(string path)
    {
        var page = Page.Read(path);
        page.CodeBlocks.ShouldBeGreaterThan(0);
        page.Sources().Count().ShouldBe(page.CodeBlocks);
    }
}
