using System.Xml.Linq;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>The confusion matrix in a report, as a table and as a picture, and the scores of the classes.</summary>
internal sealed class ReportConfusionTests
{
    // Of class a 3 of 4 were found, the share ¾ of its row; of b 2 of 4, and of the others nobody knows. The colour is 55% times the share, or its root for a mistake.
    [Test]
    public void Write_Table_HasCountsAndShares()
    {
        XElement part = Section(3, (0, 0, 3), (0, 1, 1), (1, 1, 2), (1, -1, 2));

        part.Element("p")!.Value.ShouldBe(
            "3 of 8 predictions were wrong (37.5%). The network is as the training left it. Rows are the true classes, columns the predicted ones; the colour says which share of the row it is.");
        XElement scroll = part.Elements("div").First(), table = scroll.Element("table")!;
        Attributes(scroll).ShouldBe("class=scroll tabindex=0 role=region aria-label=Confusion matrix");
        Attributes(table).ShouldBe("class=confusion");
        table.Element("thead")!.Descendants("th").Select(Cell).ShouldBe(["true \\ predicted scope=col", "a scope=col", "b scope=col", "c scope=col", "none scope=col"]);
        table.Element("tbody")!.Elements("tr").Select(row => string.Join("; ", row.Elements().Select(Cell))).ShouldBe(
        [
            "a scope=row; 3 class=hit style=--s:41.25%; 1 class=miss style=--s:27.5%; · class=miss style=--s:0%; · class=miss style=--s:0%",
            "b scope=row; · class=miss style=--s:0%; 2 class=hit style=--s:27.5%; · class=miss style=--s:0%; 2 class=miss style=--s:38.89%",
            "c scope=row; · class=miss style=--s:0%; · class=miss style=--s:0%; · class=hit style=--s:0%; · class=miss style=--s:0%",
        ]);
    }

    [Test]
    public void Write_EverySamplePredicted_HasNoColumnForNone()
    {
        XElement table = Section(2, (0, 0, 3), (1, 0, 1)).Descendants("table").First();

        ReportExamples.Line(table.Descendants("tr").First()).ShouldBe("true \\ predicted|a|b");
        ReportExamples.Rows(table).ShouldBe(["a|3|·", "b|1|·"]);
    }

    // Of a: precision 3/3, recall 3/4, F1 2·3/(3 + 4). Of b: 2/3, 2/4 and 2·2/(3 + 4).
    [Test]
    public void Write_Scores_AreThoseOfEachClass()
    {
        XElement part = Section(3, (0, 0, 3), (0, 1, 1), (1, 1, 2), (1, -1, 2));

        part.Elements("h3").Select(head => head.Value).ShouldBe(["Scores of each class"]);
        XElement scores = part.Elements("div").Last();
        Attributes(scores).ShouldBe("class=scroll tabindex=0 role=region aria-label=Scores of each class");
        ReportExamples.Line(scores.Descendants("tr").First()).ShouldBe("class|precision|recall|F1|samples");
        ReportExamples.Rows(scores).ShouldBe(["a|100.0%|75.0%|85.7%|4", "b|66.7%|50.0%|57.1%|4", "c|0.0%|0.0%|0.0%|0"]);
    }

    [TestCase(20, true)]
    [TestCase(21, false)]
    public void Write_MoreThanTwentyClasses_AreAPicture(int classes, bool isTable)
    {
        XElement part = Section(classes, (0, 0, 1), (1, 1, 1));

        ReportExamples.OfClass(part, "table", "confusion").Any().ShouldBe(isTable);
        part.Descendants("img").Any().ShouldBe(!isTable);
    }

    // Class 0 alone has an F1 above 0. All of a hundred are shown in their order, of more the lowest first.
    [TestCase(100, "0", "")]
    [TestCase(101, "1", "The 100 of 101 classes with the lowest F1.")]
    public void Write_MoreThanAHundredClasses_ShowsTheWorst(int classes, string first, string text)
    {
        XElement part = ReportExamples.Part(html => new ConfusionSection<double>(Errors(classes, (0, 0, 1), (1, 2, 1)), label => $"{label}").Write(html));

        string[] rows = [.. ReportExamples.Rows(part.Elements("div").Last())];
        rows.Length.ShouldBe(100);
        rows[0].Split('|')[0].ShouldBe(first);
        string.Concat(part.Elements("p").Skip(1).Select(paragraph => paragraph.Value)).ShouldBe(text);
    }

    // A pixel is a cell up to 256 classes. The opacity is 255·√(share of the row): of ¾ 221, of ¼ 127.5, which becomes the even 128.
    [Test]
    public void Write_Picture_HasAPixelForEachCell() =>
        ShouldHave(Picture(256, (0, 0, 3), (0, 255, 1), (255, 1, 2)), 256, (0, 0, 221), (0, 255, 128), (255, 1, 255));

    // Of 300 classes two rows and two columns are one pixel, which has the largest share: of class 2 a quarter was found, and three quarters were taken for 3.
    [Test]
    public void Write_PictureOfMoreClassesThanPixels_HasTheLargestShareOfEachBlock() =>
        ShouldHave(Picture(300, (2, 2, 1), (2, 3, 3), (5, 0, 1), (299, 299, 1)), 150, (1, 1, 221), (2, 0, 255), (149, 149, 255));

    [Test]
    public void Write_Picture_IsToldInWordsAndByTheMostFrequentConfusions()
    {
        XElement part = Picture(300, (5, 0, 1), (2, 2, 1), (2, 3, 3), (6, 6, 9));

        XElement picture = part.Elements("img").Single();
        picture.Attribute("class")!.Value.ShouldBe("pixels matrix");
        picture.Attribute("alt")!.Value.ShouldBe("Confusion matrix of 300 classes: true classes from top to bottom, predicted ones from left to right");
        part.Elements("h3").Select(head => head.Value).ShouldBe(["Most frequent confusions"]);
        XElement table = part.Elements("div").Single();
        table.Attribute("aria-label")!.Value.ShouldBe("Most frequent confusions");
        ReportExamples.Line(table.Descendants("tr").First()).ShouldBe("true|predicted|times|of its class");
        ReportExamples.Rows(table).ShouldBe(["c2|c3|3|75.0%", "c5|c0|1|100.0%"]);
    }

    private static XElement Section(int classes, params (int Actual, int Predicted, int Times)[] cells) =>
        ReportExamples.Part(html => new ConfusionSection<double>(Errors(classes, cells), label => $"{(char)('a' + label)}").Write(html));

    private static XElement Picture(int classes, params (int Actual, int Predicted, int Times)[] cells) =>
        ReportExamples.Part(html => new ConfusionPicture<double>(Errors(classes, cells).Confusion, label => $"c{label}").Write(html));

    // Blue where the row and the column are the same, otherwise orange; what is not named is transparent.
    private static void ShouldHave(XElement part, int side, params (int Row, int Column, byte Opacity)[] pixels)
    {
        Png picture = Png.Of(part.Element("img")!.Attribute("src")!.Value);
        (picture.Width, picture.Height).ShouldBe((side, side));
        byte[][] expected =
        [
            .. Enumerable.Range(0, side).Select(row => Enumerable.Range(0, side)
                .SelectMany(column => row == column ? (byte[])[0, 114, 178, 0] : [213, 94, 0, 0]).ToArray()),
        ];
        foreach ((int row, int column, byte opacity) in pixels)
        {
            expected[row][(4 * column) + 3] = opacity;
        }

        Enumerable.Range(0, side).Where(row => !picture.Rows[row].SequenceEqual(expected[row])).ShouldBeEmpty();
    }

    // Predicted as −1 is a row of NaN, of which no class is the largest.
    private static LabelErrors<double> Errors(int classes, params (int Actual, int Predicted, int Times)[] cells)
    {
        var errors = new LabelErrors<double>(worst: 0);
        foreach ((int actual, int predicted, int times) in cells)
        {
            Matrix<double> scores = Matrix<double>.Build.Dense(times, classes, (_, column) => predicted < 0 ? double.NaN : column == predicted ? 1 : 0);
            errors.Add(scores, Enumerable.Repeat(actual, times).ToArray(), weights: null, row => row, _ => 0);
        }

        return errors;
    }

    private static string Cell(XElement cell) => $"{cell.Value} {Attributes(cell)}";

    private static string Attributes(XElement element) => string.Join(' ', element.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"));
}
