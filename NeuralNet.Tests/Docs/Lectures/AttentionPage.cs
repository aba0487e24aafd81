using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/attention.md.</summary>
internal sealed class AttentionPage
{
    [Test]
    public void Head_ByHand_IsTheOperations()
    {
        const int Steps = 5, d = 3;
        Matrix<double> q = Some.Matrix<double>(Steps, d, 1), k = Some.Matrix<double>(Steps, d, 2), v = Some.Matrix<double>(Steps, d, 3), dO = Some.Matrix<double>(Steps, d, 4);

        #region head
        Matrix<double> s = q * k.Transpose() / Math.Sqrt(d);                        // [T×T]
        Matrix<double> e = s.MapIndexed((t, j, score) => j > t ? 0 : Math.Exp(score));    // causal: step t looks at steps 0 to t
        Matrix<double> p = e.MapIndexed((t, j, value) => value / e.Row(t).Sum());
        Matrix<double> o = p * v;

        Matrix<double> dv = p.Transpose() * dO, dp = dO * v.Transpose();
        Matrix<double> ds = p.MapIndexed((t, j, value) => value * (dp[t, j] - (dp.Row(t) * p.Row(t))));
        Matrix<double> dq = ds * k / Math.Sqrt(d), dk = ds.Transpose() * q / Math.Sqrt(d);
        #endregion

        var shape = new AttentionShape(1, 1, Steps, Steps, d, IsCausal: true);
        Matrix<double> output = Matrices.Zeros<double>(Steps, d), probabilities = Matrices.Zeros<double>(Steps, Steps);
        AttentionOperations.Forward<double>(shape, q.AsSpan(), k.AsSpan(), v.AsSpan(), default, probabilities.AsSpan(), output.AsSpan());
        ShouldAgree(output, o);
        Matrix<double> ofQ = Matrices.Zeros<double>(Steps, d), ofK = Matrices.Zeros<double>(Steps, d), ofV = Matrices.Zeros<double>(Steps, d);
        AttentionOperations.Backward<double>(shape, q.AsSpan(), k.AsSpan(), v.AsSpan(), probabilities.AsSpan(), dO.AsSpan(), ofQ.AsSpan(), ofK.AsSpan(), ofV.AsSpan());
        ShouldAgree(ofQ, dq);
        ShouldAgree(ofK, dk);
        ShouldAgree(ofV, dv);
    }

    [Test]
    public void Decoder_StepByStep_GivesWhatTheWholePassGives()
    {
        Matrix<float> tokens = Matrix<float>.Build.Dense(1, 4, (_, t) => 7 * t);

        #region decoder
        Sequential<float> net = Transformer.Decoder<float>(vocabulary: 65, context: 32, width: 16, heads: 2, blocks: 2, new Philox(1));
        Matrix<float> logits = net.Forward(tokens);                                 // tokens [N×T], logits [N×(65·T)]

        var steps = new StepByStep<float>(net);                                     // the same, a token at a time
        var cache = new Cache<float>(training: false);
        Matrix<float> first = steps.Next(tokens.SubMatrix(0, 1, 0, 3), 0, cache).Clone();
        Matrix<float> fourth = steps.Next(tokens.SubMatrix(0, 1, 3, 1), 3, cache);
        #endregion

        for (int token = 0; token < 65; token++)
        {
            first[0, (3 * token) + 2].ShouldBe(logits[0, (4 * token) + 2], 1e-5f);
            fourth[0, token].ShouldBe(logits[0, (4 * token) + 3], 1e-5f);
        }
    }

    [Test]
    public void LayerWithPositions_InANetwork_IsChecked()
    {
        var random = new Random(1);
        Matrix<double> images = Some.Matrix<double>(3, 36);

        #region positions
        var net = Sequential<double>.From(
            SampleShape.Image(1, 6, 6),
            shape => new Convolution<double>(shape, outputs: 3, kernel: 3, random),
            shape => new ChannelScale<double>(shape.Channels),
            shape => new MaxPool<double>(shape, 2),
            _ => new Flatten<double>(),
            shape => new Linear<double>(shape.Size, 2, random));
        GradientCheckReport report = GradientCheck.Gate(net, images);
        #endregion

        report.Passed.ShouldBeTrue(report.ToString());
        Should.Throw<ArgumentException>(() => new Sequential<double>(net.Layers[0], new ChannelScale<double>(4))).Message.ShouldContain("expects 4 channels, got samples of 3×4×4");
    }

    private static void ShouldAgree(Matrix<double> actual, Matrix<double> expected) => (actual - expected).InfinityNorm().ShouldBeLessThan(1e-14);
}
