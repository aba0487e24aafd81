using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

/// <summary>Shapes, names and errors of poolings, upsampling, group norm and dropout of channels; their numbers are in <see cref="PyTorchLayerTests"/>.</summary>
internal sealed class PoolingTests
{
    [Test]
    public void Name_EachLayer_HasItsShapes()
    {
        new MaxPool<float>(SampleShape.Image(8, 28, 27), 2).ToString().ShouldBe("MaxPool(8×28×27 → 8×14×13, kernel 2, stride 2)");
        new AveragePool<float>(SampleShape.Sequence(8, 28), 3, 2, 1).ToString().ShouldBe("AveragePool(8×28 → 8×14, kernel 3, stride 2, padding 1)");
        new Upsample<float>(SampleShape.Image(8, 7, 7), (2, 1)).ToString().ShouldBe("Upsample(8×7×7 → 8×14×7)");
        new GlobalAveragePool<float>(SampleShape.Image(8, 7, 7)).ToString().ShouldBe("GlobalAveragePool(8×7×7)");
        new GlobalMaxPool<float>(SampleShape.Sequence(8, 7)).Output.ShouldBe(SampleShape.Vector(8));
    }

    [Test]
    public void Constructor_WhatDoesNotFit_SaysWhatIsWrong()
    {
        Message(() => new MaxPool<float>(SampleShape.Image(8, 3, 9), 4)).ShouldBe(
            "A pooling has a window of 4×4, which is larger than samples of 8×3×9 with a padding of 0 at each end: take a smaller kernel or dilation, or more padding. (Parameter 'input')");
        Message(() => new AveragePool<float>(SampleShape.Image(8, 3, 9), 2, 1, 2)).ShouldStartWith(
            "A pooling needs a padding smaller than its kernel of 2, or there would be windows with nothing in them. (Parameter 'window')");
        Message(() => new GlobalMaxPool<float>(12)).ShouldStartWith("A pooling moves over the positions of a sample: it takes sequences C×T or images C×H×W, got samples of 12, a vector.");
        Message(() => new MaxPool<float>(SampleShape.Image(8, 3, 9), 0)).ShouldStartWith("The kernel of a window is 1 or more along each axis. (Parameter 'kernel')");
        Message(() => new Upsample<float>(SampleShape.Image(8, 3, 9), 0)).ShouldStartWith("The factor of Upsample is 1 or more along each axis. (Parameter 'factor')");
        Message(() => new Upsample<float>(SampleShape.Sequence(1, 70_000), (1, 70_000))).ShouldBe(
            "Upsample of 1×70000 by 70000 would give 1×4900000000 positions; an axis has at most 2147483647. (Parameter 'factor')");
        Message(() => new MaxPool<float>(SampleShape.Image(1, 1, 1), 70_000)).ShouldStartWith("The kernel of a window has more elements than an array holds. (Parameter 'kernel')");
        Message(() => new GroupNorm<float>(2, 5)).ShouldBe("GroupNorm of 5 channels cannot have 2 groups: they must divide the channels. (Parameter 'groups')");
        Message(() => new GroupNorm<float>(2, 4, 0)).ShouldContain("epsilon");
        Message(() => new ChannelDropout<float>(2, 1, new Philox(1))).ShouldStartWith(
            "ChannelDropout drops channels with a probability from 0 to below 1; at 1 nothing would be left to learn from. (Parameter 'probability')");
    }

    [Test]
    public void OutputShape_OtherChannels_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new GroupNorm<float>(2, 4).OutputShape(SampleShape.Image(6, 2, 2))).Message
            .ShouldStartWith("GroupNorm(2, 4, 1E-05) expects samples of 4 channels, got 6×2×2, which has 6.");
        Should.Throw<ArgumentException>(() => new ChannelDropout<float>(4, 0.5, new Philox(1)).OutputShape(SampleShape.Image(6, 2, 2))).Message
            .ShouldStartWith("ChannelDropout(4, 0.5) expects samples of 4 channels, got 6×2×2, which has 6.");
    }

    // A channel of a sample is dropped at all positions or at none, and half of them are, within five standard deviations of 2,000 draws.
    [Test]
    public void ChannelDropout_InTraining_DropsWholeChannels()
    {
        const int Samples = 200, Channels = 10, Positions = 6;
        Matrix<float> ones = Matrix<float>.Build.Dense(Samples, Channels * Positions, 1);
        Matrix<float> y = new ChannelDropout<float>(Channels, 0.5, new Philox(3)).Forward(ones, new Cache<float>());
        int dropped = 0;
        for (int n = 0; n < Samples; n++)
        {
            for (int c = 0; c < Channels; c++)
            {
                float first = y[n, c * Positions];
                first.ShouldBeOneOf(0, 2);
                Enumerable.Range(0, Positions).ShouldAllBe(p => y[n, (c * Positions) + p] == first);
                dropped += first == 0 ? 1 : 0;
            }
        }

        dropped.ShouldBeInRange(1000 - 112, 1000 + 112);
    }

    [Test]
    public void ChannelDropout_InEvaluation_GivesItsInput()
    {
        Matrix<float> x = Some.Matrix<float>(3, 8);
        new ChannelDropout<float>(2, 0.5, new Philox(3)).Forward(x, new Cache<float>(training: false)).ShouldBeSameAs(x);
    }

    private static string Message(Func<object> make) => Should.Throw<ArgumentException>(() => _ = make()).Message;
}
