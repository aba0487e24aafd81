using System.Xml.Linq;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>The figures of a history: on cards, in charts, and in the table of the last and the best.</summary>
internal sealed class ReportFiguresTests
{
    // Losses are better lower, the accuracy of the validation is better higher, and of the others nobody knows.
    private static bool? IsHigherBetter(string name) => name switch
    {
        "training loss" or "validation loss" => false,
        "validation accuracy" => true,
        _ => null,
    };

    // Of equal ones the first is the best.
    [Test]
    public void Curves_Table_HasTheLastAndTheBestWhereTheyAreKnown()
    {
        XElement part = Curves(
            Epoch(1, 100, 1, ("training loss", 2), ("validation loss", 1), ("validation accuracy", 0.5), ("gap", 5)),
            Epoch(2, 100, 1, ("training loss", 1), ("validation loss", 1), ("validation accuracy", 0.75), ("learning rate", 0.25)),
            Epoch(3, 100, 1, ("training loss", 1.5), ("validation loss", 3), ("validation accuracy", 0.25), ("learning rate", 0.125)));

        part.Elements("h3").Select(head => head.Value).ShouldBe(["Last and best"]);
        XElement table = part.Elements("div").Last();
        table.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}")
            .ShouldBe(["class=scroll", "tabindex=0", "role=region", "aria-label=Last and best figures"]);
        ReportExamples.Line(table.Descendants("tr").First()).ShouldBe("figure|last|best|in epoch");
        ReportExamples.Rows(table).ShouldBe(["training loss|1.5|1|2", "validation loss|3|1|1", "validation accuracy|0.25|0.75|2", "gap|||", "learning rate|0.125||"]);
        part.Elements("p").Select(text => text.Value).ShouldBe(["Rings mark the best epochs of the validation."]);
    }

    [Test]
    public void Curves_NoValidation_HaveNoRings()
    {
        XElement part = Curves(Epoch(1, 100, 1, ("training loss", 2), ("validation gap", 1)));

        part.Elements("p").ShouldBeEmpty();
        ReportExamples.OfClass(part, "circle", "best").ShouldBeEmpty();
    }

    [Test]
    public void Curves_PartsOfAFigure_AreTracesOfTheirOwnColors()
    {
        XElement part = Curves(
            Epoch(1, 100, 1, ("training loss", 2), ("validation loss", 1), ("learning rate", 0.5)), Epoch(2, 100, 1, ("training loss", 2), ("validation loss", 1), ("learning rate", 0.5)));

        part.Descendants("figure").Select(figure => string.Join(' ', figure.Descendants("li").Select(key => key.Value))).ShouldBe(["training 2 validation 1", "learning rate 0.5"]);
        part.Descendants("path").Select(path => path.Attribute("class")!.Value).ShouldBe(["curve a", "curve b", "curve c"]);
        part.Descendants("span").Select(key => key.Attribute("class")!.Value).ShouldBe(["key a", "key b", "key c"]);
    }

    // Both span three decades. One part whose larger numbers are better suffices to take the chart of both as shares.
    [TestCase("accuracy", "accuracy")]
    [TestCase("gap", "gap (logarithmic)")]
    public void Curves_FigureOverDecades_IsLogarithmicUnlessMoreIsBetter(string figure, string caption)
    {
        XElement part = Curves(
            Epoch(1, 100, 1, ($"training {figure}", 0.001), ($"validation {figure}", 0.001)), Epoch(2, 100, 1, ($"training {figure}", 1), ($"validation {figure}", 1)));

        part.Descendants("figcaption").Single().Value.ShouldBe(caption);
    }

    // 80 and 120 samples in 1 and 3 seconds are 50 a second. Of the metrics of the validation three have a card.
    [Test]
    public void Cards_History_HasLossesThreeMetricsEpochsAndTime() =>
        Cards(
            Epoch(1, 80, 1, ("training loss", 4), ("training accuracy", 0.5), ("validation loss", 2), ("validation accuracy", 0.75), ("validation b", 6), ("validation c", 7), ("validation d", 8), ("learning rate", 0.1)),
            Epoch(2, 120, 3, ("training loss", 1), ("training accuracy", 0.5), ("validation loss", 3), ("validation accuracy", 0.25), ("validation b", 9), ("validation c", 10), ("validation d", 11), ("learning rate", 0.1)))
        .ShouldBe(
        [
            "training loss|1|best 1 in epoch 2", "validation loss|3|best 2 in epoch 1", "validation accuracy|0.25|best 0.75 in epoch 1", "validation b|9|", "validation c|10|",
            "epochs|2|20 steps", "training time|4 s|50 samples/s",
        ]);

    [Test]
    public void Cards_NoTime_HaveNoSpeed() => Cards(Epoch(1, 80, 0, ("training loss", 4))).ShouldBe(["training loss|4|best 4 in epoch 1", "epochs|1|10 steps", "training time|0 s|0 samples/s"]);

    private static EpochRecord Epoch(int epoch, long samples, double seconds, params (string Name, double Value)[] figures) =>
        new(epoch, 10L * epoch, samples, TimeSpan.FromSeconds(seconds), [.. figures.Select(figure => new NamedValue(figure.Name, figure.Value))]);

    private static XElement Curves(params EpochRecord[] epochs) => ReportExamples.Part(html => new CurvesSection(History(epochs), IsHigherBetter).Write(html));

    private static IEnumerable<string> Cards(params EpochRecord[] epochs)
    {
        XElement cards = ReportExamples.Part(html => FigureCards.Write(html, History(epochs), new CurvesSection(History(epochs), IsHigherBetter))).Element("dl")!;
        cards.Attribute("class")!.Value.ShouldBe("cards");
        cards.Elements("div").ShouldAllBe(card => (string?)card.Elements().Last().Attribute("class") == "note");
        return cards.Elements("div").Select(ReportExamples.Line);
    }

    private static TrainingHistory History(EpochRecord[] epochs)
    {
        var history = new TrainingHistory();
        foreach (EpochRecord epoch in epochs)
        {
            history.Add(epoch);
        }

        return history;
    }
}
