using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

/// <summary>Layer normalisation and the parametric rectifier; what layers make of large numbers.</summary>
internal sealed class LayerNormTests
{
    private static IEnumerable<string> Names() =>
        LayerCatalogue.All<float>().Where(entry => entry.Words == 0 && entry.Gate.GetType().Assembly == typeof(Linear<>).Assembly).Select(entry => entry.Name);

    [TestCaseSource(nameof(Names))]
    public void ForwardAndBackward_InputsOfTenThousand_HaveNoNaN(string name)
    {
        GateEntry<float> entry = GateCatalogue.Get<float>(name);
        foreach (bool training in new[] { true, false })
        {
            foreach (float scale in new[] { 1e4f, -1e4f, 0f })
            {
                var cache = new Cache<float>(training, keeps: true);
                Matrix<float>[] inputs = entry.Inputs(samples: 5);
                inputs[0].MapInplace(value => scale * MathF.Sign(value), Zeros.Include);
                Matrix<float> output = entry.Gate.Forward(inputs, cache);
                output.Enumerate().ShouldAllBe(value => float.IsFinite(value));
                entry.Gate.Backward(Some.Matrix<float>(output.RowCount, output.ColumnCount), Wanted.All, cache)[0]!.Enumerate().ShouldAllBe(value => float.IsFinite(value));
                entry.Gate.Parameters.ShouldAllBe(named => named.Parameter.Gradient.Enumerate().All(float.IsFinite));
            }
        }
    }

    [TestCase(0, 1e-5, "features")]
    [TestCase(3, 0, "epsilon")]
    [TestCase(3, double.NaN, "epsilon")]
    public void Constructor_SettingOutOfRange_NamesIt(int features, double epsilon, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new LayerNorm<double>(features, epsilon)).ParamName.ShouldBe(name);

    [Test]
    public void Forward_OtherFeatures_NamesBoth()
    {
        Should.Throw<ArgumentException>(() => new LayerNorm<double>(3).Forward(Some.Matrix<double>(2, 6))).Message.ShouldContain("expects input [N×3], got [2×6]");
        Should.Throw<ArgumentException>(() => new LayerNorm<double>(3, perPosition: true).Forward(Some.Matrix<double>(2, 5))).Message.ShouldContain("[N×(3·P)]");
        Should.Throw<ArgumentException>(() => new LayerNorm<double>(3, perPosition: true).OutputShape(SampleShape.Sequence(4, 3))).Message.ShouldContain("3 channels, got 4×3");
    }

    // Each position alone is what a matrix with a row for each position gives.
    [Test]
    public void Forward_PerPosition_IsTheLayerOnTheViewOfPositions()
    {
        SampleShape shape = SampleShape.Sequence(3, 4);
        Matrix<double> x = Some.Matrix<double>(5, 12);
        MatrixViews.AsPositions(new LayerNorm<double>(3, perPosition: true).Forward(x), shape).ShouldBe(new LayerNorm<double>(3).Forward(MatrixViews.AsPositions(x, shape)));
    }

    // Blocks of rows and of columns, and what is left of both; the sums of a row do not depend on those around it.
    [TestCase(3, 700)]
    [TestCase(600, 130)]
    public void Forward_ManyRowsOrColumns_GivesWhatEachRowGivesAlone(int rows, int columns)
    {
        Matrix<double> x = Some.Matrix<double>(rows, columns);
        var norm = new LayerNorm<double>(columns);
        Matrix<double> all = norm.Forward(x);
        foreach (int row in new[] { 0, 1, rows - 1 })
        {
            (norm.Forward(x.SubMatrix(row, 1, 0, columns)).Row(0) - all.Row(row)).InfinityNorm().ShouldBeLessThan(1e-13);
            all.Row(row).Average().ShouldBe(0, 1e-14);
        }
    }

    [Test]
    public void Forward_MeanFarFromZeroInFloat_KeepsTheVariance()
    {
        Matrix<float> x = Some.Matrix<float>(3, 1000);
        x.MapInplace(value => 1000 + value);
        Matrix<float> y = new LayerNorm<float>(1000).Forward(x);
        y.Row(1).Average().ShouldBe(0, 1e-4f);
        y.Row(1).Average(value => value * value).ShouldBe(1, 1e-3f);
    }

    [TestCase(0, 0.25, "channels")]
    [TestCase(1, double.NaN, "initialSlope")]
    [TestCase(1, double.PositiveInfinity, "initialSlope")]
    public void PReLU_SettingOutOfRange_IsNamed(int channels, double slope, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new PReLU<float>(channels, slope)).ParamName.ShouldBe(name);

    [Test]
    public void PReLU_OtherChannels_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new PReLU<float>(3).OutputShape(SampleShape.Sequence(4, 3))).Message.ShouldContain("3 channels, got 4×3, which has 4");
        Should.Throw<ArgumentException>(() => new PReLU<float>(3).Forward(Some.Matrix<float>(2, 4))).Message.ShouldContain("[N×(3·P)]");
        new PReLU<float>().OutputShape(SampleShape.Sequence(4, 3)).ShouldBe(SampleShape.Sequence(4, 3));
    }

    // At zero the slope is a, as in a leaky ReLU, and a gets nothing.
    [Test]
    public void PReLU_AtZero_HasTheSlopeOfBelow()
    {
        var layer = new PReLU<double>(1, 0.5);
        var cache = new Cache<double>();
        layer.Forward(Matrix<double>.Build.Dense(1, 3, [-2, 0, 2]), cache).ShouldBe(Matrix<double>.Build.Dense(1, 3, [-1, 0, 2]));
        layer.Backward(Matrix<double>.Build.Dense(1, 3, 1), cache).ShouldBe(Matrix<double>.Build.Dense(1, 3, [0.5, 0.5, 1]));
        layer.Weight.Gradient[0, 0].ShouldBe(-2);
        layer.Weight.IsRegularized.ShouldBeFalse();
    }
}
