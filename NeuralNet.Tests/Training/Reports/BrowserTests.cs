using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Reports in a real browser.</summary>
internal sealed class BrowserTests
{
    [Test]
    public void Load_ReportOfRows_IsComplete() => Check(ReportExamples.Rows(), "curves", "confusion", "mistakes", "histograms", "network", "settings");

    [Test]
    public void Load_ReportOfImages_IsComplete() => Check(ReportExamples.Images(), "curves", "confusion", "mistakes", "first-layer", "histograms", "network", "settings");

    [Test]
    public void Load_ReportOfValues_IsComplete() => Check(ReportExamples.Values(), "curves", "errors", "network", "settings");

    // What the others rely on: something that runs or is loaded is refused by the page's own policy, and the console says so.
    [Test]
    public void Load_ReportWithAScript_IsRefusedOnTheConsole()
    {
        string html = TrainingReport.ToHtml(ReportExamples.Trained(1, ("training loss", _ => 1)))
            .Replace("</main>", "<script>document.title = 'ran'</script><img src=\"file:///nothing.png\"></main>", StringComparison.Ordinal);

        (string document, IReadOnlyList<string> console) = Browser.Load(html);

        document.ShouldContain("<title>Training report</title>");
        console.Count.ShouldBe(2);
        console.ShouldAllBe(line => line.Contains("Content Security Policy"));
    }

    private static void Check(string html, params string[] sections)
    {
        (string document, IReadOnlyList<string> console) = Browser.Load(html);

        console.ShouldBeEmpty();
        foreach (string section in sections)
        {
            document.ShouldContain($"<section id=\"{section}\">");
        }

        // It read to the end, and into as many elements as were written.
        document.TrimEnd().ShouldEndWith("</html>");
        Count(document, "<svg").ShouldBe(Count(html, "<svg"));
        Count(document, "<img").ShouldBe(Count(html, "<img"));
        Count(document, "<td").ShouldBe(Count(html, "<td"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
