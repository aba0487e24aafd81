using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>What an element looks like in the file.</summary>
internal sealed class HtmlWriterTests
{
    // Elements that are part of a line of text begin no line.
    [TestCase("span", "")]
    [TestCase("b", "")]
    [TestCase("title", "")]
    [TestCase("text", "")]
    [TestCase("td", "")]
    [TestCase("th", "")]
    [TestCase("a", "")]
    [TestCase("dt", "")]
    [TestCase("dd", "")]
    [TestCase("p", "\n")]
    [TestCase("tr", "\n")]
    public void Element_Tag_BeginsALineUnlessItIsPartOfOne(string tag, string before)
    {
        var html = new HtmlWriter();

        html.Element(tag, "1 < 2", ("class", "a & b"));

        html.ToString().ShouldBe($"<!DOCTYPE html>\n{before}<{tag} class=\"a &amp; b\">1 &lt; 2</{tag}>\n");
    }

    [Test]
    public void Style_Sheet_IsTakenAsItIs()
    {
        var html = new HtmlWriter();

        html.Style("p > b { color: red }");

        html.ToString().ShouldBe("<!DOCTYPE html>\n\n<style>p > b { color: red }</style>\n");
    }
}
