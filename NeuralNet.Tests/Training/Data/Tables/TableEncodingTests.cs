using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;

namespace NeuralNet.Tests.Training.Data.Tables;

/// <summary>Tables as data sets.</summary>
internal sealed class TableEncodingTests
{
    private const string Flowers = "length,color,species\n1.5,red,b\n2.5,blue,a\n3.5,red,b\n";

    [Test]
    public void ToDataSet_Label_ClassesAreSortedAndCategoriesAreOneFeatureEach()
    {
        DataSet<float> data = Read(Flowers).ToDataSet<float>(label: "species");
        data.ClassNames.ShouldBe(["a", "b"]);
        data.Labels.ToArray().ShouldBe([1, 0, 1]);
        data.FeatureNames.ShouldBe(["length", "color=blue", "color=red"]);
        data.Samples.ToArray().ShouldBe([1.5f, 0, 1, 2.5f, 1, 0, 3.5f, 0, 1]);
    }

    [Test]
    public void ToDataSet_Targets_AreVectors()
    {
        DataSet<double> data = Read("a,b,price\n1,2,10\n3,4,20\n").ToDataSet<double>(targets: ["price", "a"]);
        data.Targets.ToArray().ShouldBe([10, 1, 20, 3]);
        data.Samples.ToArray().ShouldBe([2, 4]);
        (data.Outputs, data.Classes).ShouldBe((2, 0));
    }

    [Test]
    public void ToDataSet_Features_AreThoseInTheirOrder()
    {
        DataSet<double> data = Read("a,b,c\n1,2,10\n3,4,20\n").ToDataSet<double>(features: ["c", "a"]);
        data.Samples.ToArray().ShouldBe([10, 1, 20, 3]);
        data.FeatureNames.ShouldBe(["c", "a"]);
    }

    // As characters, 10 would come before 9.
    [Test]
    public void ToDataSet_IntegersAsLabels_AreSortedByValue()
    {
        DataSet<float> data = Read("x,y\n0,10\n0,9\n0,10\n0,-0\n0,0\n").ToDataSet<float>("y");
        data.ClassNames.ShouldBe(["0", "9", "10"]);
        data.Labels.ToArray().ShouldBe([2, 1, 2, 0, 0]);
    }

    [Test]
    public void Encode_AsIndex_IsTheNumberOfTheCategory()
    {
        CsvTable table = Read(Flowers);
        TableEncoding encoding = table.Encode(new TableColumns { Label = "species", AsIndex = ["color"] });
        DataSet<float> data = table.ToDataSet<float>(encoding);
        data.Samples.ToArray().ShouldBe([1.5f, 1, 2.5f, 0, 3.5f, 1]);
        data.FeatureNames.ShouldBe(["length", "color"]);
        encoding.Width.ShouldBe(2);
    }

    // Mean (1 + 2 + 6)/3 = 3, median 2; of 1, 2, 6, 9 the median is 4.
    [Test]
    public void Encode_Fills_ReplaceMissingValuesByWhatTheTrainingRowsSay()
    {
        CsvTable train = Read("n,c\n1,x\n2,x\n,\n6,y\n"), other = Read("n,c\n,\n100,x\n");
        ShouldGive(Fill.Mean, Fill.Category("y"), [3, 0, 1, 100, 1, 0]);
        ShouldGive(Fill.Median, Fill.Category("y"), [2, 0, 1, 100, 1, 0]);
        ShouldGive(Fill.Number(-1), Fill.Category("unknown"), [-1, 1, 0, 0, 100, 0, 1, 0]);
        Read("n\n1\n9\n2\n6\nNA\n").Encode(new TableColumns { Fills = { ["n"] = Fill.Median } }).Features[0].Missing.ShouldBe(4);

        void ShouldGive(Fill number, Fill category, double[] expected) =>
            other.ToDataSet<double>(train.Encode(new TableColumns { Fills = { ["n"] = number, ["c"] = category } })).Samples.ToArray().ShouldBe(expected);
    }

    [Test]
    public void ToDataSet_OtherRows_AreEncodedAsTheFirst()
    {
        TableEncoding encoding = Read(Flowers).Encode(new TableColumns { Label = "species" });
        DataSet<float> data = Read("species,more,color,length\na,?,blue,9\n").ToDataSet<float>(encoding);
        data.Samples.ToArray().ShouldBe([9, 1, 0]);
        (data.Classes, data.Labels[0]).ShouldBe((2, 0));
        Read("color,length\nred,8\n").ToDataSet<float>(encoding.FeaturesOnly).Samples.ToArray().ShouldBe([8, 0, 1]);
    }

    [Test]
    public void Encoding_IsPlainDataThatCanBeMadeAgain()
    {
        var encoding = new TableEncoding([new("length", [], false, 0.5), new("color", ["blue", "red"], true, null)], new("species", ["a", "b"]), []);
        Read(Flowers.Replace("1.5", "NA", StringComparison.Ordinal)).ToDataSet<float>(encoding).Samples.ToArray().ShouldBe([0.5f, 1, 2.5f, 0, 3.5f, 1]);
        encoding.Kinds.ShouldBe(new Dictionary<string, ColumnKind> { ["length"] = ColumnKind.Number, ["color"] = ColumnKind.Category });
    }

    [Test]
    public void ToDataSet_UnknownCategoryOrClass_IsNamedWithThoseThatAreKnown()
    {
        TableEncoding encoding = Read(Flowers).Encode(new TableColumns { Label = "species" });
        Should.Throw<InvalidDataException>(() => Read("length,color,species\n1,red,a\n1,green,a\n").ToDataSet<float>(encoding)).Message
            .ShouldBe("The table, line 3, column 'color': 'green' is not a known category; the rows that the encoding was found from have 'blue', 'red'.");
        Should.Throw<InvalidDataException>(() => Read("length,color,species\n1,red,c\n").ToDataSet<float>(encoding)).Message
            .ShouldBe("The table, line 2, column 'species': 'c' is not a known class; the rows that the encoding was found from have 'a', 'b'.");
    }

    [Test]
    public void ToDataSet_MissingValue_IsNamedWithTheRemedies()
    {
        Should.Throw<InvalidDataException>(() => Read("a,b\n1,2\n3,\n").ToDataSet<float>()).Message
            .ShouldBe("The table, line 3, column 'b': the value is missing. TableColumns.Fills says what replaces it, in a feature; WithoutMissing leaves such rows out.");
        Should.Throw<InvalidDataException>(() => Read("a,b\n1,x\n3,\n").ToDataSet<float>()).Message.ShouldStartWith("The table, line 3, column 'b': the value is missing.");
        Should.Throw<InvalidDataException>(() => Read("a,b\n1,2\n3,\n").ToDataSet<float>(targets: ["b"])).Message.ShouldStartWith("The table, line 3, column 'b'");
        Should.Throw<InvalidDataException>(() => Read("a,b\n1,2\n3,\n").ToDataSet<float>("b")).Message.ShouldStartWith("The table, line 3, column 'b': the label is missing");
        Read("a,b\n1,2\n3,\n").WithoutMissing().ToDataSet<float>().Count.ShouldBe(1);
    }

    [TestCase("b", null, "a", "column 'b' is named twice", Description = "The label among the features would be known beforehand.")]
    [TestCase(null, "a", "a", "column 'a' is named twice")]
    [TestCase("zzz", null, null, "has no column 'zzz'; it has 'a', 'b'.")]
    [TestCase(null, "c", null, "has no column 'c'")]
    public void ToDataSet_ColumnsThatDoNotGo_AreNamed(string? label, string? target, string? feature, string message) =>
        Should.Throw<ArgumentException>(() => Read("a,b\n1,2\n").ToDataSet<float>(label, target is null ? null : [target], label == "b" ? ["a", "b"] : feature is null ? null : [feature]))
            .Message.ShouldContain(message);

    [Test]
    public void Encode_WhatCannotBeEncoded_IsRefused()
    {
        Should.Throw<InvalidDataException>(() => Read("a,b\n1,x\n2,x\n").ToDataSet<float>("b")).Message.ShouldContain("has one class only, 'x'");
        Should.Throw<InvalidDataException>(() => Read("a,b\n1,1\n2,1.5\n").ToDataSet<float>("b")).Message
            .ShouldBe("The table, line 3, column 'b': 1.5 is no class; labels are names or integers. Numbers to predict are targets.");
        Should.Throw<ArgumentException>(() => Read("a,b\n1,x\n").ToDataSet<float>(targets: ["b"])).Message.ShouldBe(
            "The table, line 2, column 'b': 'x' is not a number, but the column is used as one.");
        Should.Throw<ArgumentException>(() => Read("a\n1\n2\n").ToDataSet<float>("a")).Message.ShouldContain("no columns left");
        Should.Throw<ArgumentException>(() => Read("a,b\n1,\n2,NA\n").ToDataSet<float>()).Message.ShouldContain("column 'b' has no values");
        Should.Throw<ArgumentException>(() => Read("a\n1\n").Encode(new TableColumns { AsIndex = ["a"] })).Message.ShouldContain("column 'a' is of numbers, which have no index");
        Should.Throw<ArgumentException>(() => Read("a\n1\n").Encode(new TableColumns { AsIndex = ["b"] })).Message.ShouldContain("'b' of AsIndex is not among the features 'a'");
        Should.Throw<ArgumentException>(() => Read("a\n1\n").Encode(new TableColumns { Fills = { ["a"] = Fill.Category("x") } })).Message.ShouldContain("cannot be replaced by 'x'");
        Should.Throw<ArgumentException>(() => Read("a\nx\n").Encode(new TableColumns { Fills = { ["a"] = Fill.Mean } })).Message.ShouldContain("cannot be replaced by mean");
        Should.Throw<ArgumentOutOfRangeException>(() => Fill.Number(double.NaN));
    }

    [Test]
    public void ToDataSet_ColumnOfAnotherKindThanEncoded_IsRefused()
    {
        TableEncoding encoding = Read("zip\n01\n02\n", ColumnKind.Category).Encode(new TableColumns());
        Should.Throw<ArgumentException>(() => Read("zip\n01\n").ToDataSet<float>(encoding)).Message.ShouldContain("was read as numbers, but the encoding has categories");
        Read("zip\n01\n", encoding.Kinds["zip"]).ToDataSet<float>(encoding).Samples.ToArray().ShouldBe([1, 0]);
        TableEncoding numbers = Read("zip\n01\n").Encode(new TableColumns());
        Should.Throw<ArgumentException>(() => Read("zip\nA\n").ToDataSet<float>(numbers)).Message.ShouldContain("'A' is not a number");
    }

    [Test]
    public void ToDataSet_NumberTooLargeForFloat_IsNamed()
    {
        Should.Throw<InvalidDataException>(() => Read("a\n1e300\n").ToDataSet<float>()).Message.ShouldBe("The table, line 2, column 'a': 1E+300 is too large for Single.");
        Read("a\n1e300\n").ToDataSet<double>().Samples[0].ShouldBe(1e300);
    }

    // 70,000 categories in 70,000 rows.
    [Test]
    public void ToDataSet_MoreValuesThanAnArrayHolds_NamesTheRemedy() =>
        Should.Throw<ArgumentException>(() => Read("id\n" + string.Join('\n', Enumerable.Range(0, 70_000).Select(i => $"n{i}"))).ToDataSet<float>()).Message
            .ShouldBe($"70000 rows of 70000 features are 4900000000 values; an array holds at most {Array.MaxLength}. " +
                "Columns of many categories can be one feature, in TableColumns.AsIndex. (Parameter 'encoding')");

    private static CsvTable Read(string text) => CsvTable.Read(new StringReader(text));

    private static CsvTable Read(string text, ColumnKind kind) => CsvTable.Read(new StringReader(text), new CsvOptions { Kinds = { ["zip"] = kind } });
}
