using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Gates, layers and losses, each with one mistake of those that people make.</summary>
internal static class WrongGradients
{
    private const double LearningRate = 0.03;
    private const double Lambda = 0.02;

    /// <summary>Each as: the function, the variable that is wrong, the mistake, words of the explanation.</summary>
    public static IEnumerable<TestCaseData> All()
    {
        yield return Elementwise("sigmoid, sign", Sigmoid, (dy, x, y) => -dy.PointwiseMultiply(SigmoidSlope(y)),
            GradientMistake.SignFlipped, "sign");
        yield return Elementwise("square, without its 2", x => x.PointwisePower(2), (dy, x, y) => dy.PointwiseMultiply(x),
            GradientMistake.WrongFactor, "0.5 = ½");
        yield return Elementwise("tanh, times the learning rate", Tanh, (dy, x, y) => LearningRate * dy.PointwiseMultiply(TanhSlope(y)),
            GradientMistake.WrongFactor, "0.03 = learning rate");
        yield return Elementwise("tanh, times 1.7", Tanh, (dy, x, y) => 1.7 * dy.PointwiseMultiply(TanhSlope(y)),
            GradientMistake.WrongFactor, "off by the factor 1.7 ");
        yield return Elementwise("sigmoid, upstream ignored", Sigmoid, (dy, x, y) => SigmoidSlope(y),
            GradientMistake.UpstreamIgnored, "upstream is ignored");
        yield return Elementwise("sigmoid, upstream twice", Sigmoid, (dy, x, y) => dy.PointwiseMultiply(dy).PointwiseMultiply(SigmoidSlope(y)),
            GradientMistake.UpstreamIgnored, "twice");
        yield return Elementwise("ReLU, local gradient ignored", x => x.PointwiseMaximum(0), (dy, x, y) => dy,
            GradientMistake.LocalGradientIgnored, "upstream alone");
        yield return Elementwise("sigmoid, σ", Sigmoid, (dy, x, y) => dy.PointwiseMultiply(y),
            GradientMistake.WrongActivationDerivative, "σ instead of σ(1 − σ)");
        yield return Elementwise("sigmoid, x(1 − x)", Sigmoid, (dy, x, y) => dy.PointwiseMultiply(SigmoidSlope(x)),
            GradientMistake.WrongActivationDerivative, "wants the sigmoid's output");
        yield return Elementwise("sigmoid, σ′(σ)", Sigmoid, (dy, x, y) => dy.PointwiseMultiply(SigmoidSlope(Sigmoid(y))),
            GradientMistake.WrongActivationDerivative, "at its output");
        yield return Elementwise("tanh, 1 − tanh", Tanh, (dy, x, y) => dy.PointwiseMultiply(1 - y),
            GradientMistake.WrongActivationDerivative, "1 − tanh instead of 1 − tanh²");
        yield return Elementwise("x + tanh(x), only the second branch", x => x + Tanh(x), (dy, x, y) => dy.PointwiseMultiply(TanhSlope(y - x)),
            GradientMistake.NotAccumulated, "passes the variable on unchanged");
        yield return Elementwise("exp, not a number", x => x.PointwiseExp(), (dy, x, y) => dy.PointwiseMultiply(y) * double.NaN,
            GradientMistake.NotFinite, "NaN");
        yield return Elementwise("sigmoid, nothing", Sigmoid, (dy, x, y) => 0 * dy,
            GradientMistake.Missing, "zero everywhere");
        yield return Elementwise("tanh, one column wrong", Tanh, OneColumnWrong,
            GradientMistake.Unknown, "4 of 12 entries looked at are wrong, all in column 1");

        yield return Affine("mean over the batch", "weight", (dy, x, y, w) => (x.Transpose() * dy / x.RowCount, Sum(dy)),
            GradientMistake.WrongFactor, "0.25 = 1/N with N = 4, the rows of the output (batch size)");
        yield return Affine("transposed", "weight", (dy, x, y, w) => (dy.Transpose() * x, Sum(dy)),
            GradientMistake.Transposed, "belongs at (j, i)");
        yield return Affine("upstream ignored", "weight", (dy, x, y, w) => (x.Transpose() * (dy.Map(_ => 1.0)), Sum(dy)),
            GradientMistake.UpstreamIgnored, "upstream is ignored");
        yield return Affine("bias of the last sample", "bias", (dy, x, y, w) => (x.Transpose() * dy, dy.SubMatrix(3, 1, 0, 3)),
            GradientMistake.NotSummedOverBatch, "only sample 3 of 4");
        yield return Affine("σ in a whole layer", "weight", (dy, x, y, w) => (x.Transpose() * dy.PointwiseMultiply(1 / (1 - y)), Sum(dy)),
            GradientMistake.WrongActivationDerivative, "σ instead of σ(1 − σ)", Sigmoid, SigmoidSlope);
        yield return Affine("σ(1 − σ) ignored in a whole layer", "weight",
            (dy, x, y, w) => (x.Transpose() * dy.PointwiseDivide(SigmoidSlope(y)), Sum(dy)),
            GradientMistake.LocalGradientIgnored, "sigmoid at the end is ignored", Sigmoid, SigmoidSlope);
        yield return Affine("overwritten", "weight", (dy, x, y, w) => (x.Transpose() * dy, Sum(dy)),
            GradientMistake.NotAccumulated, "= instead of +=", accumulate: false);

        yield return InputOfAffine();
        yield return StaleInput();
        yield return SharedWeights();
        yield return Function("multiply gate, swapped", "x", [("x", Some.Matrix<double>(2, 3)), ("y", Some.Matrix<double>(2, 3, 2))],
            v => v[0].PointwiseMultiply(v[1]), (dz, v) => [dz.PointwiseMultiply(v[0]), dz.PointwiseMultiply(v[1])],
            GradientMistake.OtherVariable, "the gradient of y");
        yield return Function("multiply gate on scalars, swapped", "x", [("x", Some.Matrix<double>(1, 1)), ("y", Some.Matrix<double>(1, 1, 2))],
            v => v[0].PointwiseMultiply(v[1]), (dz, v) => [dz.PointwiseMultiply(v[0]), dz.PointwiseMultiply(v[1])],
            GradientMistake.OtherVariable, "the gradient of y");
        yield return Function("bias gradient with a row for each sample", "b", [("X", Some.Matrix<double>(4, 3)), ("b", Some.Matrix<double>(1, 3, 2))],
            v => AddToRows(v[0], v[1]), (dy, v) => [dy, dy],
            GradientMistake.NotSummedOverBatch, "4 rows, one for each sample");
        yield return Function("product, transposed shape", "W", [("X", Some.Matrix<double>(4, 3)), ("W", Some.Matrix<double>(3, 2, 2))],
            v => v[0] * v[1], (dy, v) => [dy * v[1].Transpose(), dy.Transpose() * v[0]],
            GradientMistake.Transposed, "belongs at (j, i)");
        yield return Function("product, another variable's shape", "W", [("X", Some.Matrix<double>(4, 3)), ("W", Some.Matrix<double>(3, 2, 2))],
            v => v[0] * v[1], (dy, v) => [dy * v[1].Transpose(), dy * v[1].Transpose()],
            GradientMistake.OtherVariable, "the gradient of X");
        yield return Function("product, no shape at all", "W", [("X", Some.Matrix<double>(4, 3)), ("W", Some.Matrix<double>(3, 2, 2))],
            v => v[0] * v[1], (dy, v) => [dy * v[1].Transpose(), Some.Matrix<double>(5, 5)],
            GradientMistake.WrongShape, "[3×2], the gradient is [5×5]");
        yield return LostBranch();
        yield return Loss("mean squared error, sum instead of mean", (dy, w) => dy, GradientMistake.WrongFactor, "12 = K with K = 12", regularized: false);
        yield return Loss("regularisation left out", (dy, w) => dy / 12, GradientMistake.Regularization, "left out");
        yield return Loss("regularisation doubled", (dy, w) => (dy / 12) + (4 * Lambda * w), GradientMistake.Regularization, "0.04 = 2·λ with λ = 0.02");
    }

    // Y = f(X·W + b) with X [4×3] and W [3×3]; the gradients of W and b are what is wrong.
    private static TestCaseData Affine(
        string name,
        string variable,
        Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>, (Matrix<double> Weight, Matrix<double> Bias)> gradients,
        GradientMistake mistake,
        string words,
        Func<Matrix<double>, Matrix<double>>? activation = null,
        Func<Matrix<double>, Matrix<double>>? slope = null,
        bool accumulate = true)
    {
        var weight = new Parameter<double>(Some.Matrix<double>(3, 3, 2));
        var bias = new Parameter<double>(Some.Matrix<double>(1, 3, 3));
        var layer = new FormulaLayer(
            x => (activation ?? (z => z))(AddToRows(x * weight.Value, bias.Value)),
            (dy, x, y) =>
            {
                Matrix<double> dz = slope is null ? dy : dy.PointwiseMultiply(slope(y));
                (Matrix<double> dw, Matrix<double> db) = gradients(dz, x, y, weight.Value);
                if (!accumulate)
                {
                    weight.ZeroGradient();
                }

                weight.AddToGradient(dw);
                bias.AddToGradient(db);
                return dz * weight.Value.Transpose();
            },
            new("weight", weight),
            new("bias", bias));
        return Case(name, DifferentiableFunction<double>.OfGate(layer, Some.Matrix<double>(4, 3)), variable, mistake, words);
    }

    private static TestCaseData InputOfAffine()
    {
        Matrix<double> weight = Some.Matrix<double>(3, 3, 2);
        return Elementwise("dY·W for dY·Wᵀ", x => x * weight, (dy, x, y) => dy * weight, GradientMistake.Transposed, "dY·W where dY·Wᵀ belongs");
    }

    // A layer that keeps the input in a field, and only when there is none yet.
    private static TestCaseData StaleInput()
    {
        Matrix<double>? kept = null;
        return Elementwise(
            "stale input",
            x =>
            {
                kept = kept is null ? x.Clone() : kept;
                return Tanh(x);
            },
            (dy, x, y) =>
            {
                Matrix<double> gradient = dy.PointwiseMultiply(TanhSlope(Tanh(kept!)));
                kept = x.Clone();
                return gradient;
            },
            GradientMistake.StaleCache,
            "an earlier forward pass");
    }

    // Y = tanh(X·W)·W: the second contribution to W's gradient replaces the first.
    private static TestCaseData SharedWeights()
    {
        var weight = new Parameter<double>(Some.Matrix<double>(3, 3, 2));
        var layer = new FormulaLayer(
            x => Tanh(x * weight.Value) * weight.Value,
            (dy, x, y) =>
            {
                Matrix<double> h = Tanh(x * weight.Value);
                Matrix<double> dz = (dy * weight.Value.Transpose()).PointwiseMultiply(TanhSlope(h));
                weight.ZeroGradient();
                weight.AddToGradient(x.Transpose() * dz);
                return dz * weight.Value.Transpose();
            },
            new NamedParameter<double>("weight", weight));
        return Case(
            "shared weights", DifferentiableFunction<double>.OfGate(layer, Some.Matrix<double>(4, 3)), "weight", GradientMistake.NotAccumulated, "= instead of +=");
    }

    // Row L2 of the lectures, f = (x + y)·max(y, z): the gradient of y through the sum replaces that through the maximum.
    private static TestCaseData LostBranch()
    {
        Matrix<double> x = Scalar(1), z = Scalar(0), y = Scalar(2), yInMax = Scalar(2);
        var function = new DifferentiableFunction<double>(
            "(x + y)·max(y, z)",
            [("x", x), new("y", y, yInMax), ("z", z)],
            () => (x + y).PointwiseMultiply(yInMax.PointwiseMaximum(z)),
            df => [df * 2, df * 2, df * 0]);
        return Case("(x + y)·max(y, z), one branch", function, "y", GradientMistake.NotAccumulated, "only use 1 of 2 counts");
    }

    // L = 1/12 Σ (W − t)² + λ ΣW², with W [4×3]; the gradient gets 2(W − t).
    private static TestCaseData Loss(
        string name, Func<Matrix<double>, Matrix<double>, Matrix<double>> gradient, GradientMistake mistake, string words, bool regularized = true)
    {
        Matrix<double> w = Some.Matrix<double>(4, 3), target = Some.Matrix<double>(4, 3, 2);
        var function = DifferentiableFunction<double>.OfScalar(
            name,
            [("W", w)],
            () => ((w - target).Enumerate().Sum(e => e * e) / 12) + (regularized ? Lambda * w.Enumerate().Sum(e => e * e) : 0),
            () => [gradient(2 * (w - target), w)]);
        return Case(name, function, "W", mistake, words.Replace("K with K = 12", regularized ? "K" : "E with E = 12", StringComparison.Ordinal));
    }

    private static Matrix<double> OneColumnWrong(Matrix<double> dy, Matrix<double> x, Matrix<double> y)
    {
        Matrix<double> gradient = dy.PointwiseMultiply(TanhSlope(y));
        gradient.SetColumn(1, x.Column(1));
        return gradient;
    }
}
