using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/table.md.</summary>
internal sealed class TablePage
{
    private const string Page = "docs/guide/table.md";

    private GuideFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new GuideFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Numbers_AsTargets_ArePredicted()
    {
        string path = _folder.Flowers();
        var random = new Random(1);
        #region regression
        var data = CsvTable.Read(path).ToDataSet<float>(targets: ["width"]);      // numbers to predict
        var (train, test) = data.Split(0.8, seed: 1);
        var net = new Sequential<float>(
            Scaling.Standardize(train),
            new Linear<float>(data.Features, 16, random), new Tanh<float>(),
            new Linear<float>(16, data.Outputs, random));
        var trainer = Trainer.For(net, new MeanSquaredError<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Metrics = [new MeanAbsoluteErrorMetric<float>(), new RSquared<float>()];
        trainer.Fit(train, epochs: 40);
        Console.WriteLine(trainer.Evaluate(test));
        #endregion

        // The width of a kind is uniform over 1, so that its mean absolute error cannot be below 0.25 by much; over all kinds it varies by several.
        trainer.Evaluate(test)["mean absolute error"].ShouldBeInRange(0.15, 0.4);
        trainer.Evaluate(test)["R²"].ShouldBeGreaterThan(0.85);
    }

    [Test]
    public void Rows_WithoutMissing_AreFewer()
    {
        string path = _folder.Flowers(isHoled: true);
        #region options
        var options = new CsvOptions
        {
            Separator = ';',                                                      // null finds it out
            HasHeader = true,
            Missing = ["", "?"],
            Kinds = new() { ["colour"] = ColumnKind.Category },                   // codes that look like numbers
        };
        #endregion

        #region complete-rows
        var complete = CsvTable.Read(path).WithoutMissing("length");
        #endregion

        options.Separator.ShouldBe(';');
        complete.RowCount.ShouldBe(294);
    }

    [Test]
    public void MissingValue_WithoutAFill_IsRefused() =>
        Quoted.ShouldBe(
            Should.Throw<InvalidDataException>(() => CsvTable.Read(_folder.Flowers(isHoled: true)).ToDataSet<float>("kind")), Page, "missing", _folder.Path);

    [Test]
    public void NewCategory_InOtherRows_IsRefused()
    {
        TableEncoding encoding = CsvTable.Read(_folder.Flowers()).Encode(new TableColumns { Label = "kind" });
        string path = _folder.Write("new-flowers.csv", "length,width,colour", "5.4,4.6,violet");
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => CsvTable.Read(path).ToDataSet<float>(encoding.FeaturesOnly)), Page, "category", _folder.Path);
    }

    [Test]
    public void TextInAColumnOfNumbers_IsRefused()
    {
        string path = _folder.Write("flowers.csv", "length,width", "5.4,4.6", "5.4,wide");
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => CsvTable.Read(path)), Page, "text", _folder.Path);
    }

    [Test]
    public void ColumnThatIsNotThere_IsRefused() =>
        Quoted.ShouldBe(Should.Throw<ArgumentException>(() => CsvTable.Read(_folder.Flowers()).ToDataSet<float>("Kind")), Page, "column", _folder.Path);
}
