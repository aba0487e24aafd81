using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;

namespace NeuralNet.Tests.Layers;

internal sealed class FeatureScalingTests
{
    // (5 − 1)/2 and (6 − (−2))/0.25.
    [Test]
    public void Forward_SubtractsTheShiftThenDividesByTheScale()
    {
        var layer = new FeatureScaling<double>(Matrices.FromRows<double>([1, -2]), Matrices.FromRows<double>([2, 0.25]));
        layer.Forward(Matrices.FromRows<double>([5, 6], [1, -2])).ShouldBe(Matrices.FromRows<double>([2, 32], [0, 0]));
    }

    [Test]
    public void Constructor_FeaturesAlone_ChangesNothingUntilItsStatesAreSet()
    {
        var layer = new FeatureScaling<float>(2);
        Matrix<float> x = Matrices.FromRows<float>([5, 6]);
        layer.Forward(x).ShouldBe(x);
        layer.States.Select(state => (state.Name, state.Value)).ShouldBe([("shift", layer.Shift), ("scale", layer.Scale)]);
        layer.States[0].Value[0, 0] = 4;
        layer.States[1].Value[0, 1] = 3;
        layer.Forward(x).ShouldBe(Matrices.FromRows<float>([1, 2]));
    }

    [Test]
    public void States_InANetwork_HaveItsNamesAndNoParameters()
    {
        var net = new Sequential<float>(new FeatureScaling<float>(3), new ReLU<float>());
        net.States.Select(state => state.Name).ShouldBe(["0.shift", "0.scale"]);
        net.Parameters.ShouldBeEmpty();
    }

    [Test]
    public void Constructor_NumbersThatScaleNothing_AreRefused()
    {
        Matrix<double> one = Matrices.FromRows<double>([1, 1]);
        Should.Throw<ArgumentOutOfRangeException>(() => new FeatureScaling<double>(0)).ParamName.ShouldBe("features");
        Should.Throw<ArgumentException>(() => new FeatureScaling<double>(one, Matrices.FromRows<double>([1, 0]))).Message
            .ShouldStartWith("Shift and scale of feature 1 are 1 and 0; they must be finite numbers, the scale not 0.");
        Should.Throw<ArgumentException>(() => new FeatureScaling<double>(Matrices.FromRows<double>([double.NaN, 1]), one)).Message.ShouldStartWith("Shift and scale of feature 0");
        Should.Throw<ArgumentException>(() => new FeatureScaling<double>(one, Matrices.Zeros<double>(1, 3))).Message.ShouldContain("got [1×2] and [1×3]");
        Should.Throw<ArgumentException>(() => new FeatureScaling<double>(Matrices.Zeros<double>(2, 1), Matrices.Zeros<double>(2, 1))).Message.ShouldContain("[1×D]");
    }
}
