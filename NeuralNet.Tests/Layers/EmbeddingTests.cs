using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Layers;

internal sealed class EmbeddingTests
{
    private static readonly Matrix<double> Words = Matrices.FromRows<double>([2, 0, 2], [1, 2, 4]);

    [TestCase(-1.0)]
    [TestCase(5.0)]
    [TestCase(1.5)]
    [TestCase(-0.5)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(1e300)]
    [TestCase(4294967297.0)]
    public void Forward_NoWordOfTheTable_NamesRowColumnAndValue(double index)
    {
        Matrix<double> words = Words.Clone();
        words[1, 2] = index;
        Should.Throw<ArgumentException>(() => new Embedding<double>(5, 3, new Random(1)).Forward(words)).Message.ShouldStartWith(
            $"Embedding(5 × 3) expects whole numbers from 0 to 4, the words of its table, got {words[1, 2]} at row 1, column 2.");
    }

    [TestCase(float.NaN)]
    [TestCase(2.5f)]
    [TestCase(1e30f)]
    public void Forward_NoWordOfTheTableInFloat_IsRefused(float index) =>
        Should.Throw<ArgumentException>(() => new Embedding<float>(5, 3, new Random(1)).Forward(Matrix<float>.Build.Dense(1, 1, index)));

    // Feature c·K + p is entry c of word p.
    [Test]
    public void Forward_Words_GivesTheirRowsInTheOrderOfPositions()
    {
        Matrix<double> table = Some.Matrix<double>(5, 4), y = new Embedding<double>(table).Forward(Words);
        for (int sample = 0; sample < 2; sample++)
        {
            for (int position = 0; position < 3; position++)
            {
                for (int entry = 0; entry < 4; entry++)
                {
                    y[sample, (entry * 3) + position].ShouldBe(table[(int)Words[sample, position], entry]);
                }
            }
        }
    }

    [Test]
    public void Backward_Words_AddsRowsOfThoseThatCameOnly()
    {
        var embedding = new Embedding<double>(Some.Matrix<double>(5, 4));
        var cache = new Cache<double>();
        embedding.Forward(Words, cache);
        embedding.Backward(Matrix<double>.Build.Dense(2, 12, 1), Wanted.None, cache);
        embedding.Weight.IsGradientByRows.ShouldBeTrue();
        embedding.Weight.GradientRows.ToArray().ShouldBe([2, 1, 0, 4], ignoreOrder: true);
        embedding.Weight.Gradient.Column(0).ShouldBe(Vector<double>.Build.Dense([1, 1, 3, 0, 1]));
    }

    [Test]
    public void Backward_InputWanted_IsZerosSinceAnIndexHasNoGradient()
    {
        var embedding = new Embedding<double>(Some.Matrix<double>(5, 4));
        var cache = new Cache<double>();
        embedding.Forward(Words, cache);
        embedding.Backward(Matrix<double>.Build.Dense(2, 12, 1), cache).ShouldBe(Matrix<double>.Build.Dense(2, 3));
    }

    [Test]
    public void Backward_PaddingOnly_ReachesNoRow()
    {
        var embedding = new Embedding<double>(5, 4, new Random(1), paddingIndex: 2);
        var cache = new Cache<double>();
        embedding.Forward(Matrix<double>.Build.Dense(2, 3, 2), cache).ShouldBe(Matrix<double>.Build.Dense(2, 12));
        embedding.Backward(Matrix<double>.Build.Dense(2, 12, 1), cache);
        embedding.Weight.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void Step_WithPadding_LeavesItsRowZero()
    {
        var embedding = new Embedding<double>(5, 4, new Random(1), paddingIndex: 2);
        Matrix<double> before = embedding.Weight.Value.Clone();
        var cache = new Cache<double>();
        embedding.Forward(Words, cache);
        embedding.Backward(Matrix<double>.Build.Dense(2, 12, 1), cache);
        embedding.Weight.GradientRows.ToArray().ShouldBe([0, 1, 4], ignoreOrder: true);
        new SGD<double>(embedding.Parameters, 0.5).Step();
        embedding.Weight.Value.Row(2).ShouldAllBe(value => value == 0);
        embedding.Weight.Value.Row(3).ShouldBe(before.Row(3));
        embedding.Weight.Value.Row(0).ShouldBe(before.Row(0) - 0.5);
    }

    [Test]
    public void Pass_WithPadding_AllocatesNothing()
    {
        var embedding = new Embedding<float>(5, 4, new Random(1), paddingIndex: 2);
        var cache = new Cache<float>();
        Matrix<float> words = Matrices.FromRows<float>([2, 0, 2], [1, 2, 4]), upstream = Some.Matrix<float>(2, 12);
        Allocation.OfThread(() =>
        {
            embedding.Forward(words, cache);
            embedding.ZeroGradients();
            embedding.Backward(upstream, Wanted.None, cache);
        }).ShouldBe(0);
    }

    [Test]
    public void Constructor_GivenVectors_UsesThem()
    {
        Matrix<float> table = Some.Matrix<float>(6, 3);
        var embedding = new Embedding<float>(table, paddingIndex: 5);
        embedding.Weight.Value.ShouldBeSameAs(table);
        embedding.Forward(Matrix<float>.Build.Dense(1, 1, 5)).Row(0).ShouldBe(table.Row(5));
    }

    [Test]
    public void Constructor_Initializer_DrawsFromIt() =>
        new Embedding<double>(6, 3, new Random(1), initializer: new Constant(0.5)).Weight.Value.Enumerate().ShouldAllBe(value => value == 0.5);

    // 4.5 standard deviations of the mean square of 20,000 normal numbers, √(2/20000) = 0.01.
    [Test]
    public void Constructor_NoInitializer_DrawsFromTheStandardNormal() =>
        new Embedding<double>(2000, 10, new Random(1)).Weight.Value.Enumerate().Average(value => value * value).ShouldBe(1, 0.045);

    [TestCase(-1)]
    [TestCase(5)]
    public void Constructor_PaddingThatIsNoWord_IsRefused(int padding) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Embedding<float>(5, 3, new Random(1), padding)).Message.ShouldContain("0 to 4");

    [Test]
    public void Constructor_MoreWordsThanAFloatCounts_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Embedding<float>((1 << 24) + 1, 1, new Random(1), initializer: new Constant())).Message.ShouldContain("16777216");
        new Embedding<float>(1 << 24, 1, new Random(1), initializer: new Constant()).Forward(Matrix<float>.Build.Dense(1, 1, (1 << 24) - 1))[0, 0].ShouldBe(0);
    }

    [TestCase(0, 3)]
    [TestCase(3, 0)]
    public void Constructor_NoWordsOrEntries_IsRefused(int vocabulary, int size) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Embedding<float>(vocabulary, size, new Random(1)));

    [Test]
    public void OutputShape_VectorOrOneChannel_HasAPositionForEachIndex()
    {
        var embedding = new Embedding<float>(5, 3, new Random(1));
        embedding.OutputShape(null).ShouldBeNull();
        embedding.OutputShape(7).ShouldBe(SampleShape.Sequence(3, 7));
        embedding.OutputShape(SampleShape.Sequence(1, 7)).ShouldBe(SampleShape.Sequence(3, 7));
        embedding.OutputShape(SampleShape.Image(1, 2, 7)).ShouldBe(SampleShape.Image(3, 2, 7));
        Should.Throw<ArgumentException>(() => embedding.OutputShape(SampleShape.Sequence(2, 7))).Message.ShouldContain("a vector or one channel, got 2×7");
    }
}
