using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

internal sealed class DivergenceTests
{
    [Test]
    public void ThrowIfNotFinite_OneBadWeight_NamesStepAndInnermostLayer()
    {
        var bad = new Linear<float>(4, 3, new Random(1));
        var net = new Sequential<float>(new Linear<float>(4, 4, new Random(1)), new Sequential<float>(new ReLU<float>(), bad), new ReLU<float>());
        bad.Weight.Value[1, 1] = float.NaN;
        Message(net, Some.Matrix<float>(5, 4)).ShouldStartWith(
            "Training stopped at step 17: the loss is NaN. The first output that is not finite is that of layer 1.1, Linear(4 → 3).");
    }

    [Test]
    public void ThrowIfNotFinite_BadInput_BlamesTheData() =>
        Message(new Sequential<float>(new ReLU<float>()), Matrix<float>.Build.Dense(2, 3, float.NaN)).ShouldContain("input is not finite already");

    [Test]
    public void ThrowIfNotFinite_EveryOutputFinite_PointsToTheLoss() =>
        Message(new Sequential<float>(new ReLU<float>()), Some.Matrix<float>(2, 3)).ShouldContain("look at the loss and its target");

    [TestCase(float.PositiveInfinity, true)]
    [TestCase(float.NaN, true)]
    [TestCase(1f, false)]
    public void ThrowIfNotFinite_Loss_StopsOnlyWhereItIsNotFinite(float loss, bool stops)
    {
        void Check() => Divergence.ThrowIfNotFinite(loss, 0, new Cache<float>());
        if (stops)
        {
            Should.Throw<NotFiniteNumberException>(Check);
        }
        else
        {
            Should.NotThrow(Check);
        }
    }

    private static string Message(Layer<float> net, Matrix<float> input)
    {
        var cache = new Cache<float>();
        net.Forward(input, cache);
        return Should.Throw<NotFiniteNumberException>(() => Divergence.ThrowIfNotFinite(float.NaN, 17, cache)).Message;
    }
}
