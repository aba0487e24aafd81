using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Which functions are found to be layers one after the other, and the gradients of such a chain.</summary>
internal sealed class ChainModelTests
{
    private static readonly Matrix<double> X = Some.Matrix<double>(4, 3), W = Some.Matrix<double>(3, 3, 2), V = Some.Matrix<double>(3, 3, 3), B = Some.Matrix<double>(1, 3, 4);

    private static readonly NamedMatrix<double>[] Two = [("X", X), ("W", W)];
    private static readonly NamedMatrix<double>[] Four = [("X", X), ("W", W), ("b", B), ("V", V)];

    [Test]
    public void Of_LayersWithBias_HasTheirVariablesAndActivations()
    {
        ChainModel chain = Chain(Four, () => Softmax(Tanh(AddToRows(X * W, B)) * V.Transpose()))!;

        (chain.Input, chain.IsTurned).ShouldBe((Four[0], false));
        chain.Layers.Select(layer => (layer.Weight, layer.IsTransposed, layer.Bias, layer.Activation.Name))
            .ShouldBe([(Four[1], false, Four[2], "tanh"), (Four[3], true, null, "softmax")]);
    }

    // Weights are looked for at up to three places, if there are no others.
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(4, 0)]
    public void Of_TiedWeights_AreFoundUpToThreeTimes(int uses, int layers) =>
        (Chain(Two, () => Enumerable.Range(0, uses).Aggregate(X, (h, _) => Tanh(h * W)))?.Layers.Length ?? 0).ShouldBe(layers);

    // What is not looked for: a softmax in the middle, weights that are used twice beside others, an output that is another function.
    [Test]
    public void Of_OtherFunctions_IsNull()
    {
        NamedMatrix<double>[] three = [("X", X), ("W", W), ("V", V)];

        Chain(three, () => Softmax(X * W) * V).ShouldBeNull();
        Chain(three, () => Tanh(Tanh(X * W) * W) * V).ShouldBeNull();
        Chain(Two, () => (X * W).PointwiseExp()).ShouldBeNull();
        Chain([("X", X)], () => Tanh(X)).ShouldBeNull();
        Evidence.Of(Two, () => X * W, Some.Matrix<double>(4, 3), X, takesUpstream: false).Chain.ShouldBeNull();
    }

    // 20,000 numbers are not too many.
    [TestCase(10_000, true)]
    [TestCase(10_001, false)]
    public void Of_ManyNumbers_IsNotTried(int count, bool isFound)
    {
        Matrix<double> x = Some.Matrix<double>(1, count), w = Some.Matrix<double>(count, 1, 2);

        (Evidence.Of([("x", x), ("w", w)], () => x * w, Rows([1]), x, entries: [0]).Chain is not null).ShouldBe(isFound);
    }

    [Test]
    public void Gradients_OfSamplesInRows_AreRight()
    {
        Matrix<double> u = Some.Matrix<double>(4, 3, 5);
        var right = new ChainGradients(Chain(Four, () => Sigmoid(Tanh(AddToRows(X * W, B)) * V.Transpose()), u)!);
        Matrix<double> h = Tanh(AddToRows(X * W, B)), dz2 = u.PointwiseMultiply(SigmoidSlope(Sigmoid(h * V.Transpose()))), dz1 = (dz2 * V).PointwiseMultiply(TanhSlope(h));

        ShouldBeNear(right.By(Four[0]), dz1 * W.Transpose());
        ShouldBeNear(right.By(Four[1]), X.Transpose() * dz1);
        ShouldBeNear(right.By(Four[2]), Sum(dz1));
        ShouldBeNear(right.By(Four[3]), dz2.Transpose() * h);
    }

    // Y = W·X + b with samples in columns.
    [Test]
    public void Gradients_OfSamplesInColumns_AreRight()
    {
        Matrix<double> x = Some.Matrix<double>(3, 4), w = Some.Matrix<double>(2, 3, 2), b = Some.Matrix<double>(2, 1, 3), u = Some.Matrix<double>(2, 4, 5);
        NamedMatrix<double>[] variables = [("X", x), ("W", w), ("b", b)];
        ChainModel chain = Chain(variables, () => Tanh((w * x) + (b * Row(1, 1, 1, 1))), u)!;
        Matrix<double> dz = u.PointwiseMultiply(TanhSlope(Tanh((w * x) + (b * Row(1, 1, 1, 1)))));

        chain.IsTurned.ShouldBeTrue();
        ShouldBeNear(new ChainGradients(chain).By(variables[0]), w.Transpose() * dz);
        ShouldBeNear(new ChainGradients(chain).By(variables[1]), dz * x.Transpose());
        ShouldBeNear(new ChainGradients(chain).By(variables[2]), dz.RowSums().ToColumnMatrix());
    }

    [TestCase(3, 3, true)]
    [TestCase(2, 3, false)]
    [TestCase(3, 2, false)]
    public void Gradients_OtherMatricesInIt_HaveToFit(int rows, int columns, bool fits)
    {
        ChainModel chain = Chain(Two, () => X * W)!;

        (new ChainGradients(chain) { Weights = _ => Some.Matrix<double>(rows, columns) }.By(Two[0]) is not null).ShouldBe(fits);
        (new ChainGradients(chain) { Weights = _ => Some.Matrix<double>(rows, columns) }.By(Two[1]) is not null).ShouldBe(fits);
        new ChainGradients(chain) { Inputs = _ => Some.Matrix<double>(4, 2) }.By(Two[1]).ShouldBeNull();
    }

    private static ChainModel? Chain(NamedMatrix<double>[] variables, Func<Matrix<double>> forward, Matrix<double>? upstream = null)
    {
        Matrix<double> output = forward();
        return Evidence.Of(variables, forward, upstream ?? Some.Matrix<double>(output.RowCount, output.ColumnCount, 9), variables[0].Value.Clone(), entries: [0]).Chain;
    }

    private static void ShouldBeNear(Matrix<double>? one, Matrix<double> other) => (one! - other).L2Norm().ShouldBeLessThan(1e-12 * (1 + other.L2Norm()));
}
