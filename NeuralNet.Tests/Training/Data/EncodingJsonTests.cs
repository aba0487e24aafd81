using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Training.Data;

/// <summary>What data were prepared with, saved beside a network and read again.</summary>
internal sealed class EncodingJsonTests
{
    [Test]
    public void Vocabulary_ToJsonAndBack_IsTheSame()
    {
        var vocabulary = new Vocabulary(["the", "Äpfel", "\"quoted\"", "a\tb"], ignoresCase: true);

        Vocabulary again = Vocabulary.FromJson(vocabulary.ToJson());

        again.Words.ShouldBe(vocabulary.Words);
        again.IgnoresCase.ShouldBeTrue();
        again["ÄPFEL"].ShouldBe(vocabulary["äpfel"]);
    }

    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"Words":["a","a"],"IgnoresCase":false}""")]
    [TestCase("""{"Words":["a",null],"IgnoresCase":false}""")]
    [TestCase("""{"IgnoresCase":false}""")]
    public void Vocabulary_OfAnotherJson_IsRefused(string json) =>
        Should.Throw<InvalidDataException>(() => Vocabulary.FromJson(json)).Message.ShouldStartWith("The vocabulary cannot be read: ");

    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"Features":null,"LabelColumn":null,"Classes":[],"Targets":[]}""")]
    [TestCase("""{"Features":[],"Classes":[]}""")]
    public void TableEncoding_OfAnotherJson_IsRefused(string json) =>
        Should.Throw<InvalidDataException>(() => TableEncoding.FromJson(json)).Message.ShouldStartWith("The encoding of the table cannot be read: ");

    [Test]
    public void TableEncoding_SavedBesideItsNetwork_PredictsRowsAsBefore()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["train.csv"], "width,colour,kind\n1.5,red,a\n2.5,,b\n,blue,a\n4.25,red,b\n");
        File.WriteAllText(folder["new.csv"], "width,colour\n3,blue\n,red\n");
        CsvTable table = CsvTable.Read(folder["train.csv"]);
        TableEncoding encoding = table.Encode(new TableColumns
        {
            Label = "kind",
            Fills = new Dictionary<string, Fill> { ["width"] = Fill.Median, ["colour"] = Fill.Category("red") },
        });
        var network = new Sequential<double>(new Linear<double>(encoding.Width, 2, new Random(1)), new Tanh<double>());
        network.Save(folder["model"], encoding.Label!.Classes, new Dictionary<string, string> { ["table"] = encoding.ToJson() });

        SavedNetwork<double> saved = NetworkFile.Open<double>(folder["model"]);
        TableEncoding again = TableEncoding.FromJson(saved.Text("table"));

        again.ToJson().ShouldBe(encoding.ToJson());
        again.Label!.Classes.ShouldBe(saved.Labels);
        CsvTable rows = CsvTable.Read(folder["new.csv"], new CsvOptions { Kinds = again.Kinds });
        SameBits.Hold(saved.Network.Forward(Inputs(rows, again)), network.Forward(Inputs(rows, encoding)));

        static Matrix<double> Inputs(CsvTable rows, TableEncoding encoding) =>
            new BatchLoader<double>(rows.ToDataSet<double>(encoding.FeaturesOnly), rows.RowCount).First().Inputs;
    }
}
