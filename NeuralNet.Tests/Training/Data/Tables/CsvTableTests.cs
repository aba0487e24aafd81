using System.Text;
using NeuralNet.Training.Data.Tables;

namespace NeuralNet.Tests.Training.Data.Tables;

/// <summary>Columns as a file has them.</summary>
internal sealed class CsvTableTests
{
    [Test]
    public void Read_Header_NamesColumnsOfNumbersAndCategories()
    {
        CsvTable table = Read("length,species\n5.1,setosa\n-1.5e3,virginica\n");
        table.RowCount.ShouldBe(2);
        table.Columns.Select(column => (column.Name, column.Kind)).ShouldBe([("length", ColumnKind.Number), ("species", ColumnKind.Category)]);
        table["length"].Numbers.ToArray().ShouldBe([5.1, -1500]);
        table["species"].Categories.ToArray().ShouldBe(["setosa", "virginica"]);
    }

    [TestCase("a,b\r\n1,x\r\n2,y\r\n")]
    [TestCase("a,b\n1,x\n\n\n2,y")]
    [TestCase("\uFEFFa,b\n1,x\n2,y\n")]
    [TestCase(" a ,b\n 1,x \n2 ,\ty\n")]
    [TestCase("\"a\",\"b\"\n\"1\",\"x\"\n2,y\n")]
    [TestCase("\n\na,b\n1,x\n2,y\n")]
    public void Read_WaysToWriteIt_AreTheSame(string text)
    {
        CsvTable table = Read(text);
        table["a"].Numbers.ToArray().ShouldBe([1, 2]);
        table["b"].Categories.ToArray().ShouldBe(["x", "y"]);
    }

    [Test]
    public void Read_Quotes_HoldSeparatorsLineBreaksAndQuotes()
    {
        CsvTable table = Read("text,n\n\"a,b\nsaid \"\"c\"\"\",1\n");
        table["text"].Categories[0].ShouldBe("a,b\nsaid \"c\"");
        table["n"].Numbers[0].ShouldBe(1);
    }

    [Test]
    public void Read_OtherSeparatorAndQuote_AreTaken()
    {
        CsvTable table = Read("a;b\n1;'x;y'\n", new CsvOptions { Separator = ';', Quote = '\'' });
        table["b"].Categories[0].ShouldBe("x;y");
        Read("a\tb\n1\tx\n", new CsvOptions { Separator = null })["b"].Categories[0].ShouldBe("x");
    }

    [Test]
    public void Read_WithoutHeader_NumbersTheColumns()
    {
        CsvTable table = Read("1,x\n2,y\n", new CsvOptions { HasHeader = false });
        table.Columns.Select(column => column.Name).ShouldBe(["column 1", "column 2"]);
        table.RowCount.ShouldBe(2);
        Read(",a\n0,1\n").Columns.Select(column => column.Name).ShouldBe(["column 1", "a"]);
    }

    [Test]
    public void Read_MissingValues_AreKnownByTheirTexts()
    {
        CsvTable table = Read("n,c\n,x\nNA,\nnan,y\n4,na\n");
        table["n"].Numbers.ToArray().ShouldBe([double.NaN, double.NaN, double.NaN, 4]);
        table["c"].Categories.ToArray().ShouldBe(["x", null, "y", null]);
        (table["n"].IsMissing(0), table["n"].IsMissing(3), table["c"].IsMissing(1), table["c"].Text(2), table["n"].Text(3)).ShouldBe((true, false, true, "y", "4"));
        Read("n\n?\n-\n3\n", new CsvOptions { Missing = ["?", "-"] })["n"].Numbers.ToArray().ShouldBe([double.NaN, double.NaN, 3]);
    }

    [Test]
    public void Read_Kinds_OverruleTheFirstValue()
    {
        CsvTable table = Read("zip,n\n01234,1\nA9,2\n", new CsvOptions { Kinds = { ["zip"] = ColumnKind.Category } });
        table["zip"].Categories.ToArray().ShouldBe(["01234", "A9"]);
    }

    [Test]
    public void Read_Latin1_WithItsEncoding()
    {
        using var folder = new IdxFolder();
        string path = folder.Write("data.csv", Encoding.Latin1.GetBytes("stadt,n\nMünchen,1\n"));
        CsvTable.Read(path, new CsvOptions { Encoding = Encoding.Latin1 })["stadt"].Categories[0].ShouldBe("München");
        Should.Throw<InvalidDataException>(() => CsvTable.Read(path)).Message.ShouldStartWith($"'{path}', line 2, cell 1: 'M\uFFFDnchen' is not in the encoding");
        CsvTable.Read(folder.Write("utf16.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a\nü\n")]))["a"].Categories[0].ShouldBe("ü");
    }

    [Test]
    public void Rows_AndWithoutMissing_AreTables()
    {
        CsvTable table = Read("a,b\n1,x\n,y\n3,\n4,z\n");
        table.Rows(3, 0, 3)["a"].Numbers.ToArray().ShouldBe([4, 1, 4]);
        table.WithoutMissing()["b"].Categories.ToArray().ShouldBe(["x", "z"]);
        table.WithoutMissing("a")["b"].Categories.ToArray().ShouldBe(["x", null, "z"]);
        Should.Throw<ArgumentOutOfRangeException>(() => table.Rows(4)).Message.ShouldStartWith("The table has rows 0 to 3.");
        Should.Throw<ArgumentException>(() => table.Rows()).Message.ShouldStartWith("A table has one row or more.");
        Should.Throw<InvalidOperationException>(() => table.Rows(1).WithoutMissing()).Message.ShouldBe("The table has no row without missing values.");
    }

    [Test]
    public void Split_SharesTheRowsOutAsADataSetWould()
    {
        CsvTable table = Read("n\n" + string.Join('\n', Enumerable.Range(0, 30)));
        (CsvTable train, CsvTable test) = table.Split(0.7, seed: 5);
        (train.RowCount, test.RowCount).ShouldBe((21, 9));
        train["n"].Numbers.ToArray().ShouldBe(table.ToDataSet<double>().Split(0.7, seed: 5).Train.Samples.ToArray());
        train["n"].Numbers.ToArray().Concat(test["n"].Numbers.ToArray()).Order().ShouldBe(Enumerable.Range(0, 30).Select(i => (double)i));
    }

    private static CsvTable Read(string text, CsvOptions? options = null) => CsvTable.Read(new StringReader(text), options);
}
