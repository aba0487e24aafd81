using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Right gradients at places where difference quotients have it hard: small scales, kinks, cancellation, large and small numbers.</summary>
internal static class DifficultGradients
{
    /// <summary>The functions.</summary>
    public static IEnumerable<TestCaseData> All()
    {
        yield return Each("log at 1e-7", Math.Log, x => 1 / x, 1e-7, 3, 20);
        yield return Each("√ at 1e-7", Math.Sqrt, x => 0.5 / Math.Sqrt(x), 1e-7, 1e-12, 5);
        yield return Each("1/x at 1e-7", x => 1 / x, x => -1 / (x * x), 1e-7, -1e-12, 20);
        yield return Total("sum of logs", Math.Log, x => 1 / x, 1e-7, 1e-3, 20);
        yield return Each("tanh(1e12·x) at 0", x => Math.Tanh(1e12 * x), _ => 1e12, 0);
        yield return Each("tanh(1e12·x) at 1e-12", x => Math.Tanh(1e12 * x), x => 1e12 * (1 - (Math.Tanh(1e12 * x) * Math.Tanh(1e12 * x))), 1e-12, -2e-12);
        yield return Each("tanh(1e12·x) where it is flat", x => Math.Tanh(1e12 * x), _ => 0, 1e-6, 0.3);
        yield return Each("sin(1e6·x)", x => Math.Sin(1e6 * x), x => 1e6 * Math.Cos(1e6 * x), 0.3, 0.7);
        yield return Each("exp at −40 and 100", Math.Exp, Math.Exp, -40, 100, -700);
        yield return Each("x⁴ near 0", x => x * x * x * x, x => 4 * x * x * x, 0, 1e-5, 1e-3);
        yield return Each("x·log x", x => x * Math.Log(x), x => 1 + Math.Log(x), 1e-10, 2);
        yield return Each("|x| beside its kink", Math.Abs, x => Math.Sign(x), 1e-9, -1e-5, 0);
        yield return Each("softplus far out", x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), x => 1 / (1 + Math.Exp(-x)), -30, 30, 300);
        yield return Each("ten sigmoids", x => Deep(x).Value, x => Deep(x).Slope, 0.3, -2);
        yield return Each("floor", Math.Floor, _ => 0, 0.3, 5.5);
        yield return Each("large numbers", x => x * x, x => 2 * x, 1e150, -1e100, 1e-100);
        yield return Total("sum that cancels", x => x * x * x, x => 3 * x * x, 1, -1, 1e-4);
        yield return Total("one large term", x => x * x, x => 2 * x, 1e3, 1e-3, 1);
        yield return Each("cosine at 0", Math.Cos, x => -Math.Sin(x), 0, Math.PI);
        yield return Case("x/y at 1e-6", Function("x/y", [("x", Row(3, -2)), ("y", Row(1e-6, 2))], v => v[0].PointwiseDivide(v[1]),
            (u, v) => [u.PointwiseDivide(v[1]), -u.PointwiseMultiply(v[0]).PointwiseDivide(v[1]).PointwiseDivide(v[1])]));
        yield return Case("maximum with a tie that is shared", Function("max", [("x", Row(1, 2, 3)), ("y", Row(1, 0, 4))], v => v[0].PointwiseMaximum(v[1]),
            (u, v) => [Shared(u, v[0], v[1]), Shared(u, v[1], v[0])]));
        yield return Case("maximum with a tie that goes to the first", Function("max", [("x", Row(1, 2, 3)), ("y", Row(1, 0, 4))], v => v[0].PointwiseMaximum(v[1]),
            (u, v) => [u.MapIndexed((i, j, g) => v[0][i, j] >= v[1][i, j] ? g : 0, Zeros.Include), u.MapIndexed((i, j, g) => v[0][i, j] < v[1][i, j] ? g : 0, Zeros.Include)]));
        yield return Case("two kinks at one output", Function("relu − relu", [("x", Row(0, 1)), ("y", Row(0, 2))],
            v => Relu(v[0]) - Relu(v[1]), (u, v) => [u.PointwiseMultiply(Mask(v[0])), -u.PointwiseMultiply(Mask(v[1]))]));
        foreach (double score in (double[])[15, 30, 40, 100, 800])
        {
            yield return Sure(score);
        }

        yield return Case("network that has learned", Learned(1));
        yield return Case("network that has learned by heart", Learned(5));
        yield return Case("large network of ReLUs", DifferentiableFunction<double>.OfGate(
            new Sequential<double>(new Linear<double>(60, 50, new Random(1)), new ReLU<double>(), new Linear<double>(50, 20, new Random(2))), Some.Matrix<double>(30, 60)));
        yield return Case("ReLUs at zero", DifferentiableFunction<double>.OfGate(new ReLU<double>(), Row(0, 1, -2, 0, 1e-12)));
    }

    /// <summary>A function of each entry.</summary>
    internal static TestCaseData Each(string name, Func<double, double> value, Func<double, double> slope, params double[] at) => Case(name, Function(
        name, [("x", Row(at))], v => v[0].Map(value, Zeros.Include), (u, v) => [u.PointwiseMultiply(v[0].Map(slope, Zeros.Include))]));

    /// <summary>The sum of a function of each entry.</summary>
    internal static TestCaseData Total(string name, Func<double, double> value, Func<double, double> slope, params double[] at)
    {
        Matrix<double> x = Row(at);
        return Case(name, DifferentiableFunction<double>.OfScalar(name, [("x", x)], () => x.Enumerate().Sum(value), () => [x.Map(slope, Zeros.Include)]));
    }

    /// <summary>A case.</summary>
    internal static TestCaseData Case(string name, DifferentiableFunction<double> function) => new TestCaseData(function).SetArgDisplayNames(name);

    private static (double Value, double Slope) Deep(double x)
    {
        double slope = 1;
        for (int i = 0; i < 10; i++)
        {
            x = 1 / (1 + Math.Exp(-x));
            slope *= x * (1 - x);
        }

        return (x, slope);
    }

    private static Matrix<double> Shared(Matrix<double> u, Matrix<double> one, Matrix<double> other) =>
        u.MapIndexed((i, j, g) => one[i, j] > other[i, j] ? g : one[i, j] == other[i, j] ? g / 2 : 0, Zeros.Include);

    private static TestCaseData Sure(double score) => Case(
        FormattableString.Invariant($"cross-entropy of the scores ({score}, 0, 0) for the label 0"),
        DifferentiableFunction<double>.OfLoss(new SoftmaxCrossEntropy<double>(), Row(score, 0, 0), (ReadOnlyMemory<int>)new[] { 0 }));

    // Trained until its loss is some 1e-5; then the last layer's weights times a factor, and the loss is 1e-24.
    private static DifferentiableFunction<double> Learned(double factor)
    {
        var network = new Sequential<double>(new Linear<double>(2, 8, new Random(1)), new Tanh<double>(), new Linear<double>(8, 3, new Random(2)));
        Matrix<double> input = Some.Matrix<double>(30, 2);
        ReadOnlyMemory<int> labels = Enumerable.Range(0, 30).Select(i => input[i, 0] > 0 ? 0 : input[i, 1] > 0 ? 1 : 2).ToArray();
        var loss = new SoftmaxCrossEntropy<double>();
        var cache = new Cache<double>();
        var lossCache = new Cache<double>();
        for (int step = 0; step < 20000; step++)
        {
            network.ZeroGradients();
            loss.Forward(network.Forward(input, cache), labels, lossCache);
            loss.Backward(lossCache, network, cache);
            foreach (NamedParameter<double> named in network.Parameters)
            {
                named.Parameter.Value.Subtract(3 * named.Parameter.Gradient, named.Parameter.Value);
            }
        }

        foreach (NamedParameter<double> named in network.Parameters.Skip(2))
        {
            named.Parameter.Value.Multiply(factor, named.Parameter.Value);
        }

        return DifferentiableFunction<double>.OfNetwork(network, input, loss, labels);
    }
}
