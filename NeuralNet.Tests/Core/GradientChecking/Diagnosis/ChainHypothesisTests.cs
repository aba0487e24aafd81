using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Mistakes in two layers <c>Y = σ(tanh(X·W1)·W2)</c>, each named with the layer in which it is.</summary>
internal sealed class ChainHypothesisTests
{
    private static readonly Matrix<double> X = Some.Matrix<double>(4, 3), U = Some.Matrix<double>(4, 3, 5);
    private static readonly Matrix<double> W1 = Some.Matrix<double>(3, 3, 2), W2 = Some.Matrix<double>(3, 3, 3);
    private static readonly Matrix<double> H = Tanh(X * W1), Y = Sigmoid(H * W2);
    private static readonly Matrix<double> Dz2 = U.PointwiseMultiply(SigmoidSlope(Y)), Dh = Dz2 * W2.Transpose(), Dz1 = Dh.PointwiseMultiply(TanhSlope(H));

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("W2", H.Transpose() * U, GradientMistake.LayerDerivative, "the derivative of the sigmoid of the last layer is forgotten");
        yield return Case("W1", X.Transpose() * Dh, GradientMistake.LayerDerivative, "the derivative of the tanh of hidden layer 1 is forgotten");
        yield return Case("W2", H.Transpose() * U.PointwiseMultiply(1 - Y), GradientMistake.WrongActivationDerivative, "in the last layer: 1 − σ instead of σ(1 − σ)");
        yield return Case("W1", X.Transpose() * Dh.PointwiseMultiply(1 - H), GradientMistake.WrongActivationDerivative, "in hidden layer 1: 1 − tanh instead of 1 − tanh²");
        yield return Case("W1", X.Transpose() * Dh.PointwiseMultiply(TanhSlope(Y)), GradientMistake.LayerDerivative, "the derivative of hidden layer 1 is taken at the values of layer 2");
        yield return Case("W1", X.Transpose() * Dh.PointwiseMultiply(SigmoidSlope(H)), GradientMistake.LayerDerivative, "the derivative of hidden layer 1 is that of the sigmoid of layer 2");
        yield return Case("W2", H.Transpose() * U.PointwiseMultiply(TanhSlope(Y)), GradientMistake.LayerDerivative, "the derivative of the last layer is that of the tanh of layer 1");
        yield return Case("W2", H.Transpose() * U.PointwiseMultiply(SigmoidSlope(H)), GradientMistake.LayerDerivative, "the derivative of the last layer is taken at the values of layer 1");
        yield return Case("W1", X.Transpose() * (Dz2 * W1.Transpose()).PointwiseMultiply(TanhSlope(H)), GradientMistake.WrongWeights,
            "the gradient goes back through layer 2 by the weights of layer 1 (W1)");
        yield return Case("X", Dz1 * W2.Transpose(), GradientMistake.WrongWeights, "the gradient goes back through layer 1 by the weights of layer 2 (W2)");
        yield return Case("X", (Dz2 * W2).PointwiseMultiply(TanhSlope(H)) * W1.Transpose(), GradientMistake.Transposed, "W2 is not transposed on the way back through layer 2");
        yield return Case("X", Dz1 * W1, GradientMistake.Transposed, "W1 is not transposed on the way back through layer 1");
        yield return Case("W2", Y.Transpose() * Dz2, GradientMistake.WrongInput, "the gradient of W2 is computed with the layer's output instead of its input");
        yield return Case("W1", H.Transpose() * Dz1, GradientMistake.WrongInput, "the gradient of W1 is computed with the layer's output instead of its input");
        yield return Case("W2", (X * W1).Transpose() * Dz2, GradientMistake.WrongInput, "the gradient of W2 is computed with the sums before the activation of layer 1 instead of its output");
        Matrix<double> updated = W2 - (0.03 * H.Transpose() * Dz2);
        yield return Case("W1", X.Transpose() * (Dz2 * updated.Transpose()).PointwiseMultiply(TanhSlope(H)), GradientMistake.UpdatedBeforeUse,
            "the weights are updated (by 0.03 times their gradients) before the gradients that need the old ones: first all gradients, then the step");
        updated = W2 - (0.07 * H.Transpose() * Dz2);
        yield return Case("W1", X.Transpose() * (Dz2 * updated.Transpose()).PointwiseMultiply(TanhSlope(H)), GradientMistake.UpdatedBeforeUse,
            "the weights are updated (by rate times their gradients) before the gradients that need the old ones: first all gradients, then the step");
    }

    [TestCaseSource(nameof(Mistakes))]
    public void Chain_OneMistake_IsNamedWithItsLayer(string variable, Matrix<double> given, GradientMistake mistake, string words)
    {
        Matrix<double> x = X.Clone(), w1 = W1.Clone(), w2 = W2.Clone();

        Test([("X", x), ("W1", w1), ("W2", w2)], variable, () => Sigmoid(Tanh(x * w1) * w2), given).ShouldBe(mistake, words);
    }

    [Test]
    public void Chain_NoMistakeOfThese_IsNull()
    {
        Test([("X", X), ("W1", W1), ("W2", W2)], "W1", () => Sigmoid(Tanh(X * W1) * W2), Some.Matrix<double>(3, 3, 8)).ShouldBeNull();
        Test([("X", X), ("W1", W1), ("W2", W2)], "W1", () => Sigmoid(Tanh(X * W1) * W2), Some.Matrix<double>(2, 3, 8)).ShouldBeNull();
    }

    [Test]
    public void Chain_ReluAndSoftmax_HaveMistakesOfTheirOwn()
    {
        Matrix<double> h = Relu(X * W1), p = Softmax(h * W2);

        Test([("X", X), ("W1", W1), ("W2", W2)], "W1", () => Relu(X * W1) * W2, X.Transpose() * Relu(U * W2.Transpose()))
            .ShouldBe(GradientMistake.WrongMask, "in hidden layer 1: the mask of the ReLU is taken from the sign of upstream");
        Test([("X", X), ("W1", W1), ("W2", W2)], "W2", () => Softmax(Relu(X * W1) * W2), h.Transpose() * U.PointwiseMultiply(SigmoidSlope(p)))
            .ShouldBe(GradientMistake.DiagonalOnly, "in the last layer: only the diagonal p(1 − p) of the softmax");
    }

    // Y = tanh(tanh(X·W)·W): what is wrong at one use of the weights is right at the other.
    [Test]
    public void Chain_TiedWeights_AreWrongAtOneUse()
    {
        Matrix<double> h = Tanh(X * W1), y = Tanh(h * W1), dz2 = U.PointwiseMultiply(TanhSlope(y)), dz1 = (dz2 * W1.Transpose()).PointwiseMultiply(TanhSlope(h));
        GradientDiagnosis? Tied(Matrix<double> given) => Test([("X", X), ("W", W1)], "W", () => Tanh(Tanh(X * W1) * W1), given);

        Tied((X.Transpose() * dz1) + (y.Transpose() * dz2))
            .ShouldBe(GradientMistake.WrongInput, "the gradient of W is computed with the layer's output instead of its input");
        Tied(X.Transpose() * dz1).ShouldBe(
            GradientMistake.NotAccumulated, "W is used by several layers, and only its use by layer 1 counts: the gradients of all uses add up");
        Tied(h.Transpose() * dz2).ShouldBe(
            GradientMistake.NotAccumulated, "W is used by several layers, and only its use by layer 2 counts: the gradients of all uses add up");
    }

    private static TestCaseData Case(string variable, Matrix<double> given, GradientMistake mistake, string words) =>
        new TestCaseData(variable, given, mistake, words).SetArgDisplayNames(variable, words);

    private static GradientDiagnosis? Test(NamedMatrix<double>[] variables, string wrong, Func<Matrix<double>> forward, Matrix<double> given) =>
        new ChainHypothesis().Test(Evidence.Of(
            variables, forward, U, given, Array.FindIndex(variables, v => v.Name == wrong), numbers: new Dictionary<string, double> { ["rate"] = 0.07 }));
}
