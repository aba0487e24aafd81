using NeuralNet.Training.Data.Tables;

namespace NeuralNet.Tests.Training.Data.Tables;

/// <summary>What tables and their encodings say of wrong columns, and how they show names.</summary>
internal sealed class TableRefusalTests
{
    [TestCase("x,y\n1,a\n2,b\n", "The table, line 2, column 'y': 'a' is not a number, but the column is used as one.")]
    [TestCase("x,y\n1,\n2,b\n", "The table, line 3, column 'y': 'b' is not a number, but the column is used as one.")]
    public void Encode_TargetOfCategories_NamesItsFirst(string table, string message) =>
        Should.Throw<ArgumentException>(() => Read(table).Encode(new TableColumns { Targets = ["y"] })).Message.ShouldBe(message);

    [Test]
    public void ToDataSet_TargetThatIsOfCategoriesHere_NamesItsFirst()
    {
        TableEncoding encoding = Read("x,y\n1,2\n").Encode(new TableColumns { Targets = ["y"] });
        Should.Throw<ArgumentException>(() => Read("x,y\n1,a\n").ToDataSet<double>(encoding)).Message
            .ShouldBe("The table, line 2, column 'y': 'a' is not a number, but the column is used as one.");
    }

    [Test]
    public void Encode_ColumnsOfNumbers_AreNoIndices()
    {
        TableEncoding encoding = Read("x,y\n1,2\n3,4\n").Encode(new TableColumns());
        encoding.Features.ShouldAllBe(feature => !feature.IsIndex && feature.Categories.Count == 0);
        encoding.Width.ShouldBe(2);
    }

    [Test]
    public void FromJson_WithoutALabel_HasNone()
    {
        TableEncoding.FromJson(Read("x,y\n1,2\n3,4\n").Encode(new TableColumns()).ToJson()).Label.ShouldBeNull();
        TableEncoding.FromJson(Read("x,y\n1,2\n3,4\n").Encode(new TableColumns { Label = "y" }).ToJson()).Label.ShouldNotBeNull().Classes.ShouldBe(["2", "4"]);
    }

    [TestCase(20, "")]
    [TestCase(21, ", …")]
    [TestCase(22, ", …")]
    public void Listed_ManyNames_ShowsTwenty(int count, string end) => CsvTable.Listed(Enumerable.Range(1, count).Select(i => $"n{i}"))
        .ShouldBe(string.Join(", ", Enumerable.Range(1, 20).Select(i => $"'n{i}'")) + end);

    [TestCase(60, 60, "")]
    [TestCase(61, 60, "…")]
    public void Shown_LongText_IsCutOff(int length, int shown, string end) => CsvCells.Shown(new string('a', length)).ShouldBe(new string('a', shown) + end);

    [Test]
    public void Fill_EachKind_HasItsName()
    {
        Fill.Mean.ToString().ShouldBe("mean");
        Fill.Median.ToString().ShouldBe("median");
        Fill.Number(2.5).ToString().ShouldBe("2.5");
        Fill.Category("none").ToString().ShouldBe("'none'");
        Should.Throw<ArgumentException>(() => Fill.Category(" ")).ParamName.ShouldBe("name");
    }

    private static CsvTable Read(string text) => CsvTable.Read(new StringReader(text));
}
