namespace NeuralNet.Tests.Docs.Guide;

/// <summary>What holds for all pages of docs/guide.</summary>
internal sealed class GuidePages
{
    public static IEnumerable<string> All() => Page.All().Where(path => path.Replace('\\', '/').StartsWith("docs/guide/", StringComparison.Ordinal));

    [TestCaseSource(nameof(All))]
    public void Blocks_OfAPage_AllNameTheirSource(string path)
    {
        var page = Page.Read(path);
        page.CodeBlocks.ShouldBeGreaterThan(0);
        page.Sources().Count().ShouldBe(page.CodeBlocks);
    }

    // The first block is a whole program: it names what it uses.
    [TestCaseSource(nameof(All))]
    public void FirstBlock_OfAPage_IsAWholeProgram(string path) => Page.Read(path).Sources().First().Code.ShouldStartWith("using NeuralNet.");

    [Test]
    public void Index_HasALineForEachPage()
    {
        string index = Page.Read("docs/guide/README.md").Text;
        foreach (string path in All().Select(path => Path.GetFileName(path)).Where(name => name != "README.md"))
        {
            index.ShouldContain($"| [{Path.GetFileNameWithoutExtension(path)}]({path}) |");
        }
    }

    // What the same programs took with loaders, caches and loops by hand: 56, 43 and 62 lines.
    [TestCase("README.md", "blobs", 28)]
    [TestCase("README.md", "sine", 21)]
    [TestCase("early-stopping.md", "early-stopping", 31)]
    public void Program_OfAFirstTask_IsHalfAsLong(string page, string name, int lines)
    {
        string code = Page.Read($"docs/guide/{page}").Sources().Single(block => block.Name == name).Code;
        code.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line)).ShouldBeLessThanOrEqualTo(lines);
        code.Split('\n').ShouldAllBe(line => line.Length <= 140);
    }
}
