using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Attention;

/// <summary>Attention against its formula, written down sample by sample, and what it refuses. PyTorch's figures are in <see cref="PyTorchLayerTests"/>.</summary>
internal sealed class MultiHeadAttentionTests
{
    [TestCase(1, 1, 1, 2, false, false)]
    [TestCase(3, 5, 2, 4, false, false)]
    [TestCase(5, 7, 3, 2, true, false)]
    [TestCase(2, 70, 2, 6, true, false)]
    [TestCase(13, 9, 2, 4, true, true)]
    [TestCase(1, 100, 1, 8, false, true)]
    public void Forward_AnyShape_IsTheFormula(int samples, int steps, int heads, int headWidth, bool causal, bool rotary)
    {
        int width = heads * headWidth;
        var layer = new MultiHeadAttention<double>(width, heads, new Random(3), causal, steps, rotary);
        Some.Matrix<double>(1, 3 * width, 4).CopyTo(layer.InBias!.Value);
        Matrix<double> x = Some.Matrix<double>(samples, width * steps, 5), actual = layer.Forward(x);

        for (int i = 0; i < samples; i++)
        {
            // A row of a sample is its channels, each with all steps.
            Matrix<double> sample = Matrix<double>.Build.Dense(steps, width, (t, c) => x[i, (c * steps) + t]);
            Matrix<double> projected = (sample * layer.InWeight.Value) + Matrix<double>.Build.Dense(steps, 3 * width, (_, c) => layer.InBias.Value[0, c]);
            Matrix<double> attended = Matrix<double>.Build.Dense(steps, width);
            for (int head = 0; head < heads; head++)
            {
                Matrix<double> Part(int part) => projected.SubMatrix(0, steps, (part * width) + (head * headWidth), headWidth);
                (Matrix<double> q, Matrix<double> k) = rotary ? (Turned(Part(0)), Turned(Part(1))) : (Part(0), Part(1));
                attended.SetSubMatrix(0, head * headWidth, Weights(q, k, causal) * Part(2));
            }

            Matrix<double> expected = attended * layer.OutProjection.Weight.Value;
            for (int j = 0; j < x.ColumnCount; j++)
            {
                actual[i, j].ShouldBe(expected[j % steps, j / steps], 1e-12);
            }
        }
    }

    [Test]
    public void Forward_RotaryScores_DependOnDistanceAlone()
    {
        // One head whose query and key are the same at each step: only the rotation tells steps apart.
        var angles = Matrix<double>.Build.Dense(6, 4, 1);
        Matrix<double> turned = Turned(angles), scores = turned * turned.Transpose();

        for (int i = 0; i < 5; i++)
        {
            scores[i, i + 1].ShouldBe(scores[0, 1], 1e-12);
        }

        Math.Abs(scores[0, 1] - scores[0, 2]).ShouldBeGreaterThan(1e-3);
    }

    [Test]
    public void Forward_SampleAlone_IsThatOfTheBatch()
    {
        var layer = new MultiHeadAttention<double>(6, 2, new Random(1), causal: true);
        Matrix<double> x = Some.Matrix<double>(4, 30, 2), together = layer.Forward(x);

        for (int i = 0; i < 4; i++)
        {
            Matrix<double> alone = layer.Forward(x.SubMatrix(i, 1, 0, 30));
            for (int j = 0; j < 30; j++)
            {
                alone[0, j].ShouldBe(together[i, j], 1e-13);
            }
        }
    }

    [Test]
    public void Forward_Causal_DoesNotSeeWhatComes()
    {
        var layer = new MultiHeadAttention<float>(4, 2, new Random(1), causal: true);
        Matrix<float> x = Some.Matrix<float>(3, 4 * 40, 2), changed = x.Clone();
        for (int c = 0; c < 4; c++)
        {
            changed[1, (c * 40) + 33] += 1;
        }

        Matrix<float> before = layer.Forward(x), after = layer.Forward(changed);

        for (int c = 0; c < 4; c++)
        {
            for (int t = 0; t < 33; t++)
            {
                after[1, (c * 40) + t].ShouldBe(before[1, (c * 40) + t]);
            }

            after[1, (c * 40) + 33].ShouldNotBe(before[1, (c * 40) + 33]);
        }
    }

    [Test]
    public void Forward_LargeScores_AreFiniteAndOneHot()
    {
        var shape = new AttentionShape(1, 1, 2, 2, 1, IsCausal: false);
        double[] output = new double[2], probabilities = new double[4];

        AttentionOperations.Forward<double>(shape, [1e4, -1e4], [1e4, -1e4], [3, 5], default, probabilities, output);

        output.ShouldBe([3, 5]);
        probabilities.ShouldBe([1, 0, 0, 1]);
    }

    [Test]
    public void Forward_NothingToLookAt_GivesZeros()
    {
        var shape = new AttentionShape(2, 1, 2, 2, 1, IsCausal: true);
        double[] output = new double[4];

        // The first sample has no key, the second only its last.
        AttentionOperations.Forward<double>(shape, [1, 2, 3, 4], [1, 2, 3, 4], [5, 6, 7, 8], [0, 0, 0, 1], default, output);

        output.ShouldBe([0, 0, 0, 8]);
    }

    [Test]
    public void Forward_NaN_StaysNaN()
    {
        var shape = new AttentionShape(1, 1, 1, 2, 1, IsCausal: false);
        double[] output = new double[1];

        AttentionOperations.Forward<double>(shape, [1], [double.NaN, 1], [5, 6], default, default, output);

        output[0].ShouldBe(double.NaN);
    }

    [Test]
    public void ForwardAndBackward_AnyNumberOfThreads_HaveTheSameBits()
    {
        var layer = new MultiHeadAttention<float>(32, 4, new Random(1), causal: true, context: 70, rotary: true);
        Matrix<float> x = Some.Matrix<float>(5, 32 * 70, 2), upstream = Some.Matrix<float>(5, 32 * 70, 3);
        int before = ComputeThreads.Count;
        var passes = new List<(Matrix<float> Output, Matrix<float> Downstream, Matrix<float> Gradient)>();
        try
        {
            foreach (int threads in new[] { 1, 2, 3, 8 }.Where(threads => threads <= Environment.ProcessorCount))
            {
                ComputeThreads.Count = threads;
                var cache = new Cache<float>();
                layer.ZeroGradients();
                Matrix<float> output = layer.Forward(x, cache), downstream = layer.Backward(upstream, cache);
                passes.Add((output, downstream, layer.InWeight.Gradient.Clone()));
            }
        }
        finally
        {
            ComputeThreads.Count = before;
        }

        foreach ((Matrix<float> output, Matrix<float> downstream, Matrix<float> gradient) in passes)
        {
            SameBits.Hold(output, passes[0].Output);
            SameBits.Hold(downstream, passes[0].Downstream);
            SameBits.Hold(gradient, passes[0].Gradient);
        }
    }

    [Test]
    public void Constructor_WrongSettings_SayWhat()
    {
        Should.Throw<ArgumentException>(() => new MultiHeadAttention<float>(10, 3, new Random(1)))
            .Message.ShouldStartWith("The heads of MultiHeadAttention divide its width, got 3 heads and a width of 10.");
        Should.Throw<ArgumentException>(() => new MultiHeadAttention<float>(10, 2, new Random(1), context: 4, rotary: true))
            .Message.ShouldStartWith("A rotary MultiHeadAttention needs a context and an even width of a head, got a width of 5.");
        Should.Throw<ArgumentException>(() => new MultiHeadAttention<float>(8, 2, new Random(1), rotary: true)).Message.ShouldContain("got no context");
        Should.Throw<ArgumentOutOfRangeException>(() => new MultiHeadAttention<float>(8, 0, new Random(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => new MultiHeadAttention<float>(8, 2, new Random(1), context: 0));
    }

    [Test]
    public void Sequential_WrongShape_IsRefusedBeforeDataFlows()
    {
        Should.Throw<ArgumentException>(() => new Sequential<float>(new Reshape<float>(SampleShape.Sequence(4, 6)), new MultiHeadAttention<float>(4, 2, new Random(1), context: 5)))
            .Message.ShouldContain("takes sequences of at most 5 steps, its context, got 6.");
        Should.Throw<ArgumentException>(() => new Sequential<float>(new Reshape<float>(SampleShape.Sequence(3, 6)), new MultiHeadAttention<float>(4, 2, new Random(1))))
            .Message.ShouldContain("expects samples of 4 channels");
        Should.Throw<ArgumentException>(() => new MultiHeadAttention<float>(4, 2, new Random(1), context: 5).Forward(Some.Matrix<float>(2, 24, 1)))
            .Message.ShouldContain("at most 5 steps");
        Should.Throw<ArgumentException>(() => new MultiHeadAttention<float>(4, 2, new Random(1)).Forward(Some.Matrix<float>(2, 7, 1)))
            .Message.ShouldContain("expects input [N×(4·P)]");
    }

    [Test]
    public void Masked_MaskOfAnotherLength_IsRefused()
    {
        var masked = new Masked<float>(new MultiHeadAttention<float>(4, 2, new Random(1)));

        Should.Throw<ArgumentException>(() => masked.Forward(Some.Matrix<float>(2, 12, 1), Some.Matrix<float>(2, 4, 1), new Cache<float>()))
            .Message.ShouldContain("expects a mask [N×T] for its input [2×12], [2×3], got [2×4].");
        Should.Throw<ArgumentException>(() => masked.Forward(Some.Matrix<float>(1, 4, 1), Matrix<float>.Build.Dense(1, 1, float.NaN), new Cache<float>()))
            .Message.ShouldContain("0 for padding, got NaN");
    }

    private static Matrix<double> Weights(Matrix<double> q, Matrix<double> k, bool causal)
    {
        Matrix<double> scores = q * k.Transpose() / Math.Sqrt(q.ColumnCount);
        Matrix<double> powers = Matrix<double>.Build.Dense(scores.RowCount, scores.ColumnCount, (t, s) => causal && s > t ? 0 : Math.Exp(scores[t, s]));
        return Matrix<double>.Build.Dense(scores.RowCount, scores.ColumnCount, (t, s) => powers[t, s] / powers.Row(t).Sum());
    }

    private static Matrix<double> Turned(Matrix<double> panel) => Matrix<double>.Build.Dense(panel.RowCount, panel.ColumnCount, (t, c) =>
    {
        double angle = t * Math.Pow(10_000, -(c - (c % 2)) / (double)panel.ColumnCount);
        return c % 2 == 0
            ? (panel[t, c] * Math.Cos(angle)) - (panel[t, c + 1] * Math.Sin(angle))
            : (panel[t, c - 1] * Math.Sin(angle)) + (panel[t, c] * Math.Cos(angle));
    });
}
