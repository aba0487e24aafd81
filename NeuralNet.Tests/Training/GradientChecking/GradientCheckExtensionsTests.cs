using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.GradientChecking;

public sealed class GradientCheckExtensionsTests
{
    private static readonly ReadOnlyMemory<int> Labels = new[] { 1, 0, 2, 2, 1 };

    [Test]
    public void Loss_EachLoss_IsGood()
    {
        Matrix<double> prediction = Some.Matrix<double>(5, 3), target = Some.Matrix<double>(5, 3, 2);

        GradientCheck.Loss(new SumSquaredError<double>(), prediction, target).ThrowIfFailed().WorstError.ShouldBeLessThan(1e-9);
        GradientCheck.Loss(new MeanSquaredError<double>(), prediction, target).ThrowIfFailed().WorstError.ShouldBeLessThan(1e-9);
        GradientCheck.Loss(new SoftmaxCrossEntropy<double>(), prediction, Labels).ThrowIfFailed().WorstError.ShouldBeLessThan(1e-9);
    }

    [Test]
    public void Network_ThreeLayersSoftmaxRegularized_IsGood()
    {
        Sequential<double> network = ThreeLayers(() => new Sigmoid<double>());
        var regularization = new L2Regularization<double>(network.Parameters, 0.01);

        GradientCheckReport report = GradientCheck.Network(
            network, Some.Matrix<double>(5, 4), new SoftmaxCrossEntropy<double>(), Labels, regularization);

        report.ThrowIfFailed().WorstError.ShouldBeLessThan(1e-8, report.ToString());
        report.Rows.Select(row => row.Variable).ShouldBe(["input", "0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"]);
        report.Rows.ShouldAllBe(row => row.Kinks == 0 && row.EntriesChecked == row.Rows * row.Columns);
    }

    [Test]
    public void Network_ReLUs_IsGood()
    {
        GradientCheckReport report = GradientCheck.Network(
            ThreeLayers(() => new ReLU<double>()), Some.Matrix<double>(5, 4), new MeanSquaredError<double>(), Some.Matrix<double>(5, 3, 2));

        report.ThrowIfFailed().WorstError.ShouldBeLessThan(1e-8, report.ToString());
    }

    [Test]
    public void OfNetwork_AndOfLoss_AreNamedByTheirParts()
    {
        Sequential<double> network = ThreeLayers(() => new Sigmoid<double>());
        var loss = new MeanSquaredError<double>();
        Matrix<double> input = Some.Matrix<double>(5, 4), target = Some.Matrix<double>(5, 3, 2);
        var term = new L2Regularization<double>(network.Parameters, 0.01);

        DifferentiableFunction<double>.OfNetwork(network, input, loss, target).Name.ShouldBe($"{network} with MeanSquaredError");
        DifferentiableFunction<double>.OfNetwork(network, input, loss, target, term).Name.ShouldBe(
            $"{network} with MeanSquaredError and L2Regularization(0.01)");
        DifferentiableFunction<double>.OfLoss(loss, target, target).ToString().ShouldBe("MeanSquaredError by prediction [5×3]");
    }

    [Test]
    public void OfNetwork_BackwardTwiceAfterOneForward_GivesTheSameGradients()
    {
        Sequential<double> network = ThreeLayers(() => new Sigmoid<double>());
        var function = DifferentiableFunction<double>.OfNetwork(network, Some.Matrix<double>(5, 4), new SoftmaxCrossEntropy<double>(), Labels);
        Matrix<double> one = Matrix<double>.Build.Dense(1, 1, 1);
        function.Forward();
        Matrix<double>[] first = [.. function.Backward(one).Select(gradient => gradient.Clone())];

        function.Backward(one).ShouldBe(first);
    }

    [Test]
    public void OfNetwork_Forward_LeavesStatesAsTheyWere()
    {
        var norm = new BatchNorm<double>(3);
        var function = DifferentiableFunction<double>.OfNetwork(norm, Some.Matrix<double>(5, 3), new MeanSquaredError<double>(), Some.Matrix<double>(5, 3, 2));
        function.Forward();

        norm.RunningMean.ShouldBe(Matrix<double>.Build.Dense(1, 3));
        norm.RunningVariance.ShouldBe(Matrix<double>.Build.Dense(1, 3, 1));
    }

    [Test]
    public void OfNetworkAndOfLoss_ArgumentMissing_IsRefusedByName()
    {
        var network = new Tanh<double>();
        var loss = new MeanSquaredError<double>();
        Matrix<double> one = Matrix<double>.Build.Dense(1, 1);

        Should.Throw<ArgumentNullException>(() => DifferentiableFunction<double>.OfNetwork(null!, one, loss, one)).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => DifferentiableFunction<double>.OfNetwork(network, null!, loss, one)).ParamName.ShouldBe("input");
        Should.Throw<ArgumentNullException>(() => DifferentiableFunction<double>.OfNetwork(network, one, (Loss<double, Matrix<double>>)null!, one)).ParamName.ShouldBe("loss");
        Should.Throw<ArgumentNullException>(() => DifferentiableFunction<double>.OfLoss((Loss<double, Matrix<double>>)null!, one, one)).ParamName.ShouldBe("loss");
        Should.Throw<ArgumentNullException>(() => DifferentiableFunction<double>.OfLoss(loss, null!, one)).ParamName.ShouldBe("prediction");
    }

    // What is checked has a term λΣW² that its gradient lacks: the name of λ comes from the options.
    [Test]
    public void Network_RegularizationLeftOut_IsDiagnosed()
    {
        Sequential<double> network = ThreeLayers(() => new Sigmoid<double>());
        var loss = new SoftmaxCrossEntropy<double>();
        var term = new L2Regularization<double>(network.Parameters, 0.01);
        Matrix<double> input = Some.Matrix<double>(5, 4);
        var cache = new Cache<double>();
        var lossCache = new Cache<double>();

        GradientCheckReport report = GradientCheck.Scalar(
            "network",
            [.. network.Parameters.Select(p => new NamedMatrix<double>(p.Name, p.Parameter.Value))],
            () => loss.Forward(network.Forward(input, cache), Labels, lossCache) + term.Forward(),
            () =>
            {
                network.ZeroGradients();
                loss.Backward(lossCache, network, cache);
                return [.. network.Parameters.Select(p => p.Parameter.Gradient)];
            },
            new GradientCheckOptions { NamedNumbers = new Dictionary<string, double> { ["λ"] = 0.01 } });

        report.Diagnoses.Select(d => d.Variable).ShouldBe(["0.weight", "2.weight", "4.weight"]);
        report.Diagnoses.ShouldAllBe(d => d.Mistake == GradientMistake.Regularization && d.Explanation.Contains("−2·λ with λ = 0.01"));
    }

    private static Sequential<double> ThreeLayers(Func<Layer<double>> activation) => new(
        new Linear<double>(4, 6, new Random(1)), activation(),
        new Linear<double>(6, 5, new Random(2)), activation(),
        new Linear<double>(5, 3, new Random(3)));
}
