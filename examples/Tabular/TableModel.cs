using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;

namespace NeuralNet.Examples.Tabular;

/// <summary>Predicts a number of a row of a table: the encoding of the cells and the network, which belong together.</summary>
/// <remarks>The network takes features as they are measured and gives the number as it is measured: its first layer scales the one, its last one the other.</remarks>
internal sealed class TableModel
{
    private TableModel(TableEncoding encoding, Sequential<float> network) => (Encoding, Network) = (encoding, network);

    /// <summary>How cells become features, found from the rows to train with.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>The network.</summary>
    public Sequential<float> Network { get; }

    /// <summary>A model that has learned the scales and nothing else yet.</summary>
    /// <param name="train">The rows to train with.</param>
    /// <param name="target">The column to predict.</param>
    /// <param name="seed">What the weights are drawn from.</param>
    public static TableModel For(CsvTable train, string target, int seed)
    {
        TableEncoding encoding = train.Encode(new TableColumns
        {
            Targets = [target],
            Fills = train.Columns.Where(column => column.Name != target).ToDictionary(column => column.Name, FillOf),
        });
        DataSet<float> data = train.ToDataSet<float>(encoding);
        var random = new Random(seed);
        var he = new HeNormal();
        return new TableModel(encoding, new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 64, random, he), new ReLU<float>(),
            new Linear<float>(64, 32, random, he), new ReLU<float>(),
            new Linear<float>(32, 1, random, he),
            Inverse(Scaling.Standardize(new DataSet<float>(data.Targets.ToArray(), 1)))));
    }

    /// <summary>The numbers of new rows, which go the way that those of the training went.</summary>
    /// <param name="rows">Rows of which the target need not be known.</param>
    public IReadOnlyList<double> Predict(CsvTable rows)
    {
        DataSet<float> samples = rows.ToDataSet<float>(Encoding.FeaturesOnly);
        return [.. Network.Forward(new BatchLoader<float>(samples, samples.Count).First().Inputs).Column(0).Select(value => (double)value)];
    }

    // A category of its own says that a value is missing; where none is among these rows, its weights would never be trained.
    private static Fill FillOf(CsvColumn column) =>
        column.Kind == ColumnKind.Number ? Fill.Median
        : column.Categories.Contains(null) ? Fill.Category("unknown")
        : Fill.Category(TypicalRow.MostFrequent(column));

    // x·σ + μ, which is (x − shift)/scale with the scale 1/σ and the shift −μ/σ.
    private static FeatureScaling<float> Inverse(FeatureScaling<float> scaling) => new(-scaling.Shift.PointwiseDivide(scaling.Scale), 1 / scaling.Scale);
}
