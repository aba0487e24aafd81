using NeuralNet.Training.Data.Tables;

namespace NeuralNet.Tests.Training.Data.Tables;

/// <summary>Files that are not as they should be.</summary>
internal sealed class CsvErrorTests
{
    [TestCase("", "The table has no rows.")]
    [TestCase("\n\n", "The table has no rows.")]
    [TestCase("a,b\n", "The table has a header and no rows.")]
    [TestCase("a,b\n1,2\n\n3\n", "The table, line 4: 1 cells, but the first row has 2.")]
    [TestCase("a,b\n1,2,3\n", "The table, line 2: 3 cells, but the first row has 2.")]
    [TestCase("a,b,a\n1,2,3\n", "The table: columns 1 and 3 are both called 'a'.")]
    [TestCase("a,\n1,2\n", null)]
    [TestCase("a,\"b\n1,2\n", "The table, line 1: ")]
    [TestCase("a,b\n1,2\n3,x\"y\n", "The table, line 3: ")]
    [TestCase("a,b\n1,\"2\"3\n", "The table, line 2: ")]
    [TestCase("a,b\n\"1\n2\",3\n4,5,6\n", "The table, line 4: 3 cells")]
    [TestCase("n\n1\n\n1.2.3\n", "The table, line 4 (row 2), column 'n': '1.2.3' is not a finite number, but the column is of numbers.")]
    [TestCase("n\nNA\n1\nabc\n", "The table, line 4 (row 3), column 'n': 'abc'")]
    [TestCase("n\n1\n1e999\n", "The table, line 3 (row 2), column 'n': '1e999' is not a finite number")]
    [TestCase("n\n1\nInfinity\n", "The table, line 3 (row 2), column 'n': 'Infinity'")]
    [TestCase("n\n1\n\"1,5\"\n", "The table, line 3 (row 2), column 'n': '1,5'")]
    [TestCase("n\n1\n1 000\n", "The table, line 3 (row 2), column 'n': '1 000'")]
    [TestCase("n\n1\n0x10\n", "The table, line 3 (row 2), column 'n': '0x10'")]
    public void Read_DamagedText_SaysWhere(string text, string? message)
    {
        if (message is null)
        {
            CsvTable.Read(new StringReader(text)).Columns[1].Name.ShouldBe("column 2");
        }
        else
        {
            Should.Throw<InvalidDataException>(() => CsvTable.Read(new StringReader(text))).Message.ShouldStartWith(message);
        }
    }

    [Test]
    public void Read_LongCell_IsNotRepeatedWhole() =>
        Should.Throw<InvalidDataException>(() => CsvTable.Read(new StringReader("n\n1\n" + new string('x', 1_000_000)))).Message.Length.ShouldBeLessThan(500);

    // A quote that is never closed: without a limit, a file of any size would come into one cell first.
    [Test]
    public void Read_CellThatNeverEnds_IsRefusedByItsSize() =>
        Should.Throw<InvalidDataException>(() => CsvTable.Read(new Endless())).Message.ShouldStartWith("The table, line 2:");

    [Test]
    public void Read_KindOfAColumnThatIsNotThere_ListsThoseThatAre() =>
        Should.Throw<InvalidDataException>(() => CsvTable.Read(new StringReader("a,b\n1,2\n"), new CsvOptions { Kinds = { ["c"] = ColumnKind.Number } })).Message
            .ShouldBe("The table has no column 'c', whose kind is given; it has 'a', 'b'.");

    [Test]
    public void Read_NoFile_IsNamed()
    {
        using var folder = new IdxFolder();
        Should.Throw<FileNotFoundException>(() => CsvTable.Read(Path.Combine(folder.Path, "none.csv"))).Message.ShouldEndWith("does not exist; expected a table of separated values.");
        Should.Throw<InvalidDataException>(() => CsvTable.Read(folder.Path)).Message.ShouldContain("is a folder");
        Should.Throw<InvalidDataException>(() => CsvTable.Read(folder.Write("empty.csv", []))).Message.ShouldContain("is empty");
        Should.Throw<ArgumentNullException>(() => CsvTable.Read((string)null!));
        Should.Throw<ArgumentNullException>(() => CsvTable.Read((TextReader)null!)).ParamName.ShouldBe("reader");
    }

    [Test]
    public void Column_ThatIsNotThere_ListsThoseThatAre() =>
        Should.Throw<ArgumentException>(() => CsvTable.Read(new StringReader("a;b\n1;2\n"))["a"]).Message.ShouldStartWith("The table has no column 'a'; it has 'a;b'.");

    /// <summary>A header and a quote, then letters for ever.</summary>
    private sealed class Endless : TextReader
    {
        private const string Start = "a\n\"";
        private int _position;

        public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

        public override int Read(Span<char> buffer)
        {
            buffer.Fill('x');
            for (int i = 0; i < buffer.Length && _position < Start.Length; i++)
            {
                buffer[i] = Start[_position++];
            }

            return buffer.Length;
        }
    }
}
