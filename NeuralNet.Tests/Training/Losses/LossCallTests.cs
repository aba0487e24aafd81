using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>Calls of a loss that miss something or come at the wrong time.</summary>
internal sealed class LossCallTests
{
    private static readonly MeanSquaredError<double> Loss = new();
    private static readonly Matrix<double> Some32 = Some.Matrix<double>(3, 2);

    [Test]
    public void Forward_ArgumentMissing_IsRefusedByName()
    {
        Should.Throw<ArgumentNullException>(() => Loss.Forward(null!, Some32, new Cache<double>())).ParamName.ShouldBe("prediction");
        Should.Throw<ArgumentNullException>(() => Loss.Forward(Some32, null!, new Cache<double>())).ParamName.ShouldBe("target");
        Should.Throw<ArgumentNullException>(() => Loss.Forward(Some32, Some32, null!)).ParamName.ShouldBe("cache");
    }

    [Test]
    public void Backward_ArgumentMissing_IsRefusedByName()
    {
        Should.Throw<ArgumentNullException>(() => Loss.Backward(null!)).ParamName.ShouldBe("cache");
        Should.Throw<ArgumentNullException>(() => Loss.Backward(new Cache<double>(), null!, new Cache<double>())).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => Loss.Backward(null!, new Linear<double>(2, 2, new Random(1)), new Cache<double>())).ParamName.ShouldBe("cache");
    }

    [Test]
    public void ToString_EachLoss_IsItsName()
    {
        new SumSquaredError<double>().ToString().ShouldBe("SumSquaredError");
        new MeanSquaredError<double>().ToString().ShouldBe("MeanSquaredError");
        new SoftmaxCrossEntropy<double>().ToString().ShouldBe("SoftmaxCrossEntropy");
    }

    [TestCase(0, 2)]
    [TestCase(3, 0)]
    public void Forward_NoSamplesOrNoColumns_IsRefusedWithTheShape(int rows, int columns) =>
        Should.Throw<ArgumentException>(() => Loss.Forward(Matrix<double>.Build.Dense(rows, columns), Matrix<double>.Build.Dense(rows, columns))).Message
            .ShouldStartWith($"MeanSquaredError needs at least one sample and one column, got [{rows}×{columns}].");

    [Test]
    public void Backward_AfterAForwardThatFailed_DoesNotUseTheOneBefore()
    {
        var loss = new Failing();
        var cache = new Cache<double>();
        loss.Forward(Some32, false, cache);
        Should.Throw<NotSupportedException>(() => loss.Forward(Some32, true, cache));

        Should.Throw<InvalidOperationException>(() => loss.Backward(cache));
    }

    [Test]
    public void LossGate_AsALayer_HasTheLosssNameAndOneOutput()
    {
        var gate = new LossGate<double, Matrix<double>>(Loss, Some32);

        gate.ToString().ShouldBe("MeanSquaredError");
        gate.OutputShape(SampleShape.Vector(2)).ShouldBe(SampleShape.Vector(1));
        gate.Forward(Some32)[0, 0].ShouldBe(0);
        Should.Throw<ArgumentNullException>(() => new LossGate<double, int>(null!, 0)).ParamName.ShouldBe("loss");
    }

    [Test]
    public void L2Regularization_Always_SaysItsStrengthAndRefusesNoParameters()
    {
        new L2Regularization<double>([], 0.25).ToString().ShouldBe("L2Regularization(0.25)");
        Should.Throw<ArgumentNullException>(() => new L2Regularization<double>(null!, 0.25)).ParamName.ShouldBe("parameters");
    }

    // λ = 0.5: the gradient is W itself, written where none is there and added to one that is.
    [Test]
    public void L2Regularization_WithAndWithoutAGradientBefore_AddsTwiceLambdaTimesTheWeights()
    {
        var layer = new Linear<double>(Matrix<double>.Build.Dense(1, 2, [3, -4]));
        var term = new L2Regularization<double>(layer.Parameters, 0.5);
        term.Backward();
        layer.Weight.Gradient.ToColumnMajorArray().ShouldBe([3.0, -4]);

        layer.Weight.SetGradient(Matrix<double>.Build.Dense(1, 2, [10, 20]));
        term.Backward();
        layer.Weight.Gradient.ToColumnMajorArray().ShouldBe([13.0, 16]);
    }

    private sealed class Failing : Loss<double, bool>
    {
        public override string ToString() => "Failing";

        protected override void CheckTarget(Matrix<double> prediction, bool target)
        {
        }

        protected override double ForwardCore(Matrix<double> prediction, bool target, Cache<double> cache)
        {
            if (target)
            {
                throw new NotSupportedException("This target cannot be reached.");
            }

            cache.Keep(this, prediction);
            return 0;
        }

        protected override Matrix<double> BackwardCore(double upstream, ReadOnlySpan<Matrix<double>> kept, Cache<double> cache) => kept[0];
    }
}
