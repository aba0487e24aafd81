using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers.Attention;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Attention;

/// <summary>Vectors of positions: the table, the steps from a position on, and what is refused.</summary>
internal sealed class PositionsTests
{
    [TestCase(6, 5)]
    [TestCase(5, 40)]
    [TestCase(1, 3)]
    public void Sinusoidal_AnyShape_IsTheFormula(int width, int steps)
    {
        Matrix<double> actual = new SinusoidalPositions<double>(100, width).Forward(Matrix<double>.Build.Dense(2, width * steps));

        for (int j = 0; 2 * j < width; j++)
        {
            double frequency = Math.Pow(10_000, -2.0 * j / width);
            for (int t = 0; t < steps; t++)
            {
                actual[1, (2 * j * steps) + t].ShouldBe(Math.Sin(t * frequency), 1e-13);
                if ((2 * j) + 1 < width)
                {
                    actual[1, (((2 * j) + 1) * steps) + t].ShouldBe(Math.Cos(t * frequency), 1e-13);
                }
            }
        }
    }

    // By mpmath: sin 3, cos 3, sin(3/100), cos(3/100).
    [Test]
    public void Sinusoidal_FourChannels_AddsTheseNumbers()
    {
        double[] expected = [0.14112000805986722, -0.98999249660044545, 0.029995500202495661, 0.99955003374898755];
        Matrix<double> actual = new SinusoidalPositions<double>(4, 4).Forward(Matrix<double>.Build.Dense(1, 16, 2));

        for (int channel = 0; channel < 4; channel++)
        {
            actual[0, (4 * channel) + 3].ShouldBe(2 + expected[channel], 1e-15);
        }
    }

    [Test]
    public void Step_AnyPosition_IsThatPartOfTheWhole()
    {
        foreach (PositionLayer<double> layer in (PositionLayer<double>[])[new SinusoidalPositions<double>(90, 3), new LearnedPositions<double>(90, 3, new Random(1))])
        {
            Matrix<double> x = Some.Matrix<double>(2, 270, 3), whole = layer.Forward(x);
            var steps = new StepByStep<double>(layer);
            var cache = new Cache<double>(training: false);
            foreach ((int position, int count) in (ReadOnlySpan<(int, int)>)[(0, 1), (1, 2), (17, 30), (89, 1), (0, 90)])
            {
                Matrix<double> part = Matrix<double>.Build.Dense(2, 3 * count, (i, j) => x[i, (j / count * 90) + position + (j % count)]);
                Matrix<double> expected = Matrix<double>.Build.Dense(2, 3 * count, (i, j) => whole[i, (j / count * 90) + position + (j % count)]);
                SameBits.Hold(steps.Next(part, position, cache), expected);
            }
        }
    }

    [Test]
    public void Step_BeyondTheContext_IsRefused()
    {
        foreach (Layer<double> layer in (Layer<double>[])
            [new SinusoidalPositions<double>(5, 2), new LearnedPositions<double>(5, 2, new Random(1)), new MultiHeadAttention<double>(2, 1, new Random(1), causal: true, context: 5)])
        {
            var steps = new StepByStep<double>(layer);
            var cache = new Cache<double>(training: false);
            steps.Next(Some.Matrix<double>(1, 10), 0, cache);
            Should.Throw<ArgumentException>(() => steps.Next(Some.Matrix<double>(1, 4), 4, cache)).Message.ShouldContain($"{layer} takes sequences of at most 5 steps, its context, got 6.");
            Should.Throw<ArgumentException>(() => layer.Forward(Some.Matrix<double>(1, 12))).Message.ShouldContain("at most 5 steps, its context, got 6.");
            Should.Throw<ArgumentException>(() => layer.Forward(Some.Matrix<double>(1, 7))).Message.ShouldContain("expects input [N×(2·P)]");
            Should.Throw<ArgumentException>(() => layer.OutputShape(SampleShape.Sequence(2, 6))).Message.ShouldContain("at most 5 steps, its context, got 6.");
            Should.Throw<ArgumentException>(() => layer.OutputShape(SampleShape.Sequence(3, 5))).Message.ShouldContain("expects samples of 2 channels");
            layer.OutputShape(SampleShape.Sequence(2, 5)).ShouldBe(SampleShape.Sequence(2, 5));
        }
    }

    [Test]
    public void Learned_Weights_AreOfTheInitializerAndNotRegularized()
    {
        var layer = new LearnedPositions<double>(4, 3, new Random(1), new Constant(7));

        layer.Weight.Value.ShouldBe(Matrix<double>.Build.Dense(4, 3, 7));
        layer.Weight.IsRegularized.ShouldBeFalse();
        layer.Parameters.ShouldHaveSingleItem().Name.ShouldBe("weight");
        Matrix<double> drawn = new LearnedPositions<double>(400, 30, new Random(1)).Weight.Value;
        (drawn.FrobeniusNorm() / Math.Sqrt(12_000)).ShouldBe(0.02, 0.001);
    }

    [Test]
    public void Constructor_SizesBelowOne_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SinusoidalPositions<float>(0, 2)).ParamName.ShouldBe("context");
        Should.Throw<ArgumentOutOfRangeException>(() => new SinusoidalPositions<float>(2, 0)).ParamName.ShouldBe("width");
        Should.Throw<ArgumentOutOfRangeException>(() => new LearnedPositions<float>(2, 0, new Random(1))).ParamName.ShouldBe("width");
        Should.Throw<ArgumentOutOfRangeException>(() => new MultiHeadAttention<float>(0, 1, new Random(1))).ParamName.ShouldBe("width");
    }
}
