using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Attention;

/// <summary>Sequences step by step: the tokens of the whole pass, and logits that differ by rounding.</summary>
internal sealed class StepByStepTests
{
    private const int Words = 11, Context = 40;

    [TestCase(1, false, 1)]
    [TestCase(3, false, 1)]
    [TestCase(1, true, 1)]
    [TestCase(4, true, 3)]
    public void Next_AllSteps_GiveTheLogitsOfTheWholePass(int samples, bool rotary, int stepsAtOnce)
    {
        Sequential<double> network = Network(rotary);
        Matrix<double> tokens = Tokens(samples, 36), whole = network.Forward(tokens);
        var steps = new StepByStep<double>(network);
        var cache = new Cache<double>(training: false);

        for (int t = 0; t < tokens.ColumnCount; t += stepsAtOnce)
        {
            Matrix<double> logits = steps.Next(tokens.SubMatrix(0, samples, t, stepsAtOnce), t, cache);
            for (int i = 0; i < samples; i++)
            {
                for (int j = 0; j < Words * stepsAtOnce; j++)
                {
                    logits[i, j].ShouldBe(whole[i, (j / stepsAtOnce * 36) + t + (j % stepsAtOnce)], 1e-12);
                }
            }
        }
    }

    [Test]
    public void Next_GreedyText_HasTheTokensOfTheWholePass()
    {
        Sequential<double> network = Network(rotary: false);
        var steps = new StepByStep<double>(network);
        var cache = new Cache<double>(training: false);
        Matrix<double> text = Tokens(1, Context), whole = text.Clone();

        for (int t = 1; t < Context; t++)
        {
            text[0, t] = Best(steps.Next(text.SubMatrix(0, 1, t - 1, 1), t - 1, cache), 0, 1);
            whole[0, t] = Best(network.Forward(whole.SubMatrix(0, 1, 0, t)), t - 1, t);
        }

        text.ShouldBe(whole);
        text.Row(0).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Test]
    public void Next_EarlierPosition_ForgetsWhatCameAfter()
    {
        var steps = new StepByStep<double>(Network(rotary: true));
        Cache<double> cache = new(training: false), other = new(training: false);
        Matrix<double> tokens = Tokens(2, 6), last = Tokens(2, 1, 9);
        steps.Next(tokens, 0, cache);
        steps.Next(tokens.SubMatrix(0, 2, 0, 3), 0, other);

        SameBits.Hold(steps.Next(last, 3, cache), steps.Next(last, 3, other));
    }

    [Test]
    public void Next_OutOfOrder_IsRefused()
    {
        var steps = new StepByStep<double>(Network(rotary: false));
        var cache = new Cache<double>(training: false);
        steps.Next(Tokens(1, 2), 0, cache);

        Should.Throw<InvalidOperationException>(() => steps.Next(Tokens(1, 1), 3, cache)).Message.ShouldContain("but the cache holds the 2 before it: begin at 0, and go on without a gap.");
        Should.Throw<InvalidOperationException>(() => steps.Next(Tokens(2, 1), 2, cache)).Message.ShouldContain("but the cache holds the 0 before it");
        foreach ((bool training, bool keeps) in (ReadOnlySpan<(bool, bool)>)[(true, true), (true, false), (false, true)])
        {
            Should.Throw<InvalidOperationException>(() => steps.Next(Tokens(1, 1), 0, new Cache<double>(training, keeps))).Message.ShouldContain("a cache for inference");
        }

        Should.Throw<ArgumentOutOfRangeException>(() => steps.Next(Tokens(1, 1), -1, cache));
        Should.Throw<ArgumentException>(() => steps.Next(Tokens(1, Context), 1, cache)).Message.ShouldContain($"at most {Context} steps, its context, got {Context + 1}");
        Should.Throw<ArgumentException>(() => steps.Next(Matrix<double>.Build.Dense(1, 1, Words), 0, cache)).Message.ShouldContain($"whole numbers from 0 to {Words - 1}");
    }

    [Test]
    public void Constructor_LayersOfEachStepAlone_AreTaken()
    {
        foreach (Layer<float> layer in (Layer<float>[])[new ReLU<float>(), new GELU<float>(), new PerPosition<float>(new Linear<float>(4, 2, new Random(1)))])
        {
            new StepByStep<float>(layer).Next(Some.Matrix<float>(1, 4), 0, new Cache<float>(training: false)).RowCount.ShouldBe(1);
        }
    }

    [Test]
    public void Constructor_LayersThatNeedAllSteps_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new StepByStep<float>(new MultiHeadAttention<float>(4, 2, new Random(1), context: 3))).Message.ShouldContain("it is not causal");
        Should.Throw<ArgumentException>(() => new StepByStep<float>(new MultiHeadAttention<float>(4, 2, new Random(1), causal: true))).Message.ShouldContain("it has no context");
        Should.Throw<ArgumentException>(() => new StepByStep<float>(new Sequential<float>(new ReLU<float>(), new Linear<float>(4, 2, new Random(1)))))
            .Message.ShouldContain("a PerPosition says that it does");
    }

    [Test]
    public void Decoder_SequenceBeyondTheContext_IsRefused() =>
        Should.Throw<ArgumentException>(() => Network(rotary: false).Forward(Tokens(1, Context + 1))).Message.ShouldContain($"at most {Context} steps");

    // Weights as after a training, so that tokens differ.
    private static Sequential<double> Network(bool rotary)
    {
        Sequential<double> network = Transformer.Decoder<double>(Words, Context, 8, 2, 2, new Philox(3), rotary: rotary);
        foreach (NamedParameter<double> named in network.Parameters)
        {
            Some.Numbers(named.Parameter.Value.AsSpan(), new Random(named.Name.Length));
        }

        return network;
    }

    private static Matrix<double> Tokens(int samples, int steps, int seed = 5)
    {
        var random = new Random(seed);
        return Matrix<double>.Build.Dense(samples, steps, (_, _) => random.Next(Words));
    }

    // Of logits [1×(V·T)], the word with the greatest at a step.
    private static int Best(Matrix<double> logits, int step, int steps) => Enumerable.Range(0, Words).MaxBy(word => logits[0, (word * steps) + step]);
}
