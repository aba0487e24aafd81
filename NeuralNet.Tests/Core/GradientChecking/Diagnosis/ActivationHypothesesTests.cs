using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Wrong derivatives of functions of one number: activations, powers, masks, and what is left of a local gradient.</summary>
internal sealed class ActivationHypothesesTests
{
    private static readonly Matrix<double> X = Some.Matrix<double>(2, 3), U = Some.Matrix<double>(2, 3, 2);

    private static IEnumerable<TestCaseData> WrongSlopes()
    {
        yield return new(true, (double x, double y) => y, "σ instead of σ(1 − σ)");
        yield return new(true, (double x, double y) => 1 - y, "1 − σ instead of σ(1 − σ)");
        yield return new(true, (double x, double y) => SlopeAt(y), "the sigmoid's derivative is taken at its output: σ(σ(x))(1 − σ(σ(x)))");
        yield return new(true, (double x, double y) => x * (1 - x), "x(1 − x) instead of σ(1 − σ): the formula wants the sigmoid's output");
        yield return new(false, (double x, double y) => 1 - y, "1 − tanh instead of 1 − tanh²");
        yield return new(false, (double x, double y) => y, "tanh instead of 1 − tanh²");
        yield return new(false, (double x, double y) => 1 - (x * x), "1 − x² instead of 1 − tanh²: the formula wants the output of tanh");
    }

    [TestCaseSource(nameof(WrongSlopes))]
    public void Activation_WrongSlope_IsNamed(bool isSigmoid, Func<double, double, double> slope, string words)
    {
        Func<Matrix<double>, Matrix<double>> f = isSigmoid ? Sigmoid : Tanh;
        Matrix<double> y = f(X);

        new ActivationHypothesis().Test(Evidence.Of(f, X, U, U.MapIndexed((i, j, u) => u * slope(X[i, j], y[i, j]))))
            .ShouldBe(GradientMistake.WrongActivationDerivative, words);
    }

    private static IEnumerable<TestCaseData> Meetings()
    {
        // The output at which two formulas give the same, with the ratio of that to σ(1 − σ).
        yield return new(0.5, 2.0, "σ instead of σ(1 − σ)");
        yield return new(Math.Sqrt(0.5), Math.Sqrt(2), "1 − σ instead of σ(1 − σ)");
        double third = Root(y => Logit(y) * (1 - Logit(y)) - (y * (1 - y) / (1 + y)), 0.7, 0.72);
        yield return new(third, 1 / (1 + third), "x(1 − x) instead of σ(1 − σ): the formula wants the sigmoid's output");
        yield return new(0.5, 2.0 / 3, "1 − tanh instead of 1 − tanh²");
        double fifth = Root(y => y - 1 + (Math.Atanh(y) * Math.Atanh(y)), 0.55, 0.6);
        yield return new(fifth, fifth / (1 - (fifth * fifth)), "tanh instead of 1 − tanh²");
    }

    [TestCaseSource(nameof(Meetings))]
    public void Activation_TwoFormulasFit_TakesTheFirst(double output, double ratio, string words)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(2, 3, Logit(output));

        new ActivationHypothesis().Test(Evidence.Of(Sigmoid, x, U, U * ratio * output * (1 - output))).ShouldBe(GradientMistake.WrongActivationDerivative, words);
    }

    // An output at a border or beyond is none of the activation.
    [TestCase(0.25, true)]
    [TestCase(0.999, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    [TestCase(1.5, false)]
    [TestCase(-0.5, false)]
    public void OutputActivation_OutputsWithin_AreLookedAt(double output, bool isLookedAt)
    {
        Matrix<double> x = Rows([0.5, output]), u = Rows([1, 3]);

        GradientDiagnosis? found = OutputActivation.Sigmoid.Explain(Evidence.Of(v => v.Clone(), x, u, 2 * u), _ => 2, GradientMistake.WrongMask, "words");

        (found is not null).ShouldBe(isLookedAt);
        found?.ShouldBe(GradientMistake.WrongMask, "words");
    }

    [Test]
    public void LocalGradient_OfTheLastActivation_IsNamed()
    {
        Matrix<double> w = Some.Matrix<double>(3, 2, 5), u = Some.Matrix<double>(2, 2, 6);

        new LocalGradientHypothesis().Test(Evidence.Of(x => Sigmoid(x * w), X, u, u * w.Transpose()))
            .ShouldBe(GradientMistake.LocalGradientIgnored, "the local gradient σ(1 − σ) of the sigmoid at the end is ignored");
        new LocalGradientHypothesis().Test(Evidence.Of(x => Tanh(x * w), X, u, u * w.Transpose()))
            .ShouldBe(GradientMistake.LocalGradientIgnored, "the local gradient 1 − tanh² of the tanh at the end is ignored");
        new LocalGradientHypothesis().Test(Evidence.Of(Tanh, X, U, U))
            .ShouldBe(GradientMistake.LocalGradientIgnored, "the local gradient is ignored: this is upstream alone");
        new LocalGradientHypothesis().Test(Linear(Rows([2, 3]), Rows([1, 1])))
            .ShouldBe(GradientMistake.LocalGradientIgnored, "the local gradient is ignored: this is upstream alone");
        new LocalGradientHypothesis().Test(Linear(Rows([2, 3]), Rows([1], [1]))).ShouldBeNull();
    }

    [TestCase(1, "the derivative is off by a power of the variable: x^n for x^(n − 1), or a factor x too many")]
    [TestCase(-1, "the derivative is off by a power of the variable: x^(n − 2) for x^(n − 1), or a factor x too few")]
    [TestCase(2, "the derivative is off by a power of the variable: a factor x² too many")]
    [TestCase(-2, "the derivative is off by a power of the variable: a factor x² too few")]
    public void Power_OfTheVariable_IsNamed(int power, string words) =>
        Power(X, 3 * U.PointwiseMultiply(X).PointwiseMultiply(X).PointwiseMultiply(X.Map(x => Math.Pow(x, power)))).ShouldBe(GradientMistake.WrongActivationDerivative, words);

    [Test]
    public void Power_FunctionItself_IsNamedAlsoAtZero()
    {
        const string Words = "the function itself instead of its derivative: upstream times the output";
        Matrix<double> x = Rows([0, 2, -1], [1, 3, 0.5]);

        Power(X + 3, U.PointwiseMultiply((X + 3).PointwisePower(3)) / 7).ShouldBeNull();
        new PowerHypothesis().Test(Evidence.Of(v => v.PointwisePower(2) + 1, x, U, U.PointwiseMultiply(x.PointwisePower(2) + 1)))
            .ShouldBe(GradientMistake.WrongActivationDerivative, Words);
        new PowerHypothesis().Test(Linear(Rows([3]), Rows([6]), Rows([2]))).ShouldBeNull();
    }

    // A power of 0 tells nothing.
    [Test]
    public void Power_EntryOfZero_IsNotTried() =>
        new PowerHypothesis().Test(Linear(Rows([1, 2, 3]), Rows([0, 4, 9]), Rows([0, 2, 3]))).ShouldBeNull();

    [Test]
    public void Diagonal_OfMixedOutputs_IsNamed()
    {
        Matrix<double> w = Some.Matrix<double>(3, 3, 4), p = Softmax(X);

        new DiagonalHypothesis().Test(Evidence.Of(x => x * w, X, U, U.MapIndexed((_, j, u) => u * w[j, j])))
            .ShouldBe(GradientMistake.DiagonalOnly, "only the diagonal of the local gradient: an output depends on other entries than its own, too");
        new DiagonalHypothesis().Test(Evidence.Of(Softmax, X, U, U.PointwiseMultiply(p).PointwiseMultiply(1 - p))).ShouldBe(
            GradientMistake.DiagonalOnly, "only the diagonal of the softmax's local gradient, p(1 − p): every output depends on all inputs of its row, by −pᵢ·pⱼ");
    }

    private static GradientDiagnosis? Power(Matrix<double> x, Matrix<double> given) =>
        new PowerHypothesis().Test(Evidence.Of(v => v.PointwisePower(3), x, U, given));

    private static double SlopeAt(double x) => 1 / (1 + Math.Exp(-x)) * (1 - (1 / (1 + Math.Exp(-x))));

    private static double Logit(double y) => Math.Log(y / (1 - y));

    // By halving.
    private static double Root(Func<double, double> of, double low, double high)
    {
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = of(low) * of(middle) <= 0 ? (low, middle) : (middle, high);
        }

        return low;
    }
}
