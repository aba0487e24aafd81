namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The derivative of the sigmoid or tanh at the end of the function is a wrong formula.</summary>
internal sealed class ActivationHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => !evidence.HasShape ? null
        : Sigmoid(evidence, y => 1 / (1 - y), "σ instead of σ(1 − σ)")
        ?? Sigmoid(evidence, y => 1 / y, "1 − σ instead of σ(1 − σ)")
        ?? Sigmoid(evidence, y => Derivative(y) / (y * (1 - y)), "the sigmoid's derivative is taken at its output: σ(σ(x))(1 − σ(σ(x)))")
        ?? Sigmoid(evidence, y => Input(y) * (1 - Input(y)) / (y * (1 - y)), "x(1 − x) instead of σ(1 − σ): the formula wants the sigmoid's output")
        ?? Tanh(evidence, y => 1 / (1 + y), "1 − tanh instead of 1 − tanh²")
        ?? Tanh(evidence, y => y / (1 - (y * y)), "tanh instead of 1 − tanh²")
        ?? Tanh(evidence, y => (1 - (Math.Atanh(y) * Math.Atanh(y))) / (1 - (y * y)), "1 − x² instead of 1 − tanh²: the formula wants the output of tanh");

    private static GradientDiagnosis? Sigmoid(GradientEvidence evidence, Func<double, double> ratio, string explanation) =>
        OutputActivation.Sigmoid.Explain(evidence, ratio, GradientMistake.WrongActivationDerivative, explanation);

    private static GradientDiagnosis? Tanh(GradientEvidence evidence, Func<double, double> ratio, string explanation) =>
        OutputActivation.Tanh.Explain(evidence, ratio, GradientMistake.WrongActivationDerivative, explanation);

    private static double Input(double sigmoid) => Math.Log(sigmoid / (1 - sigmoid));

    private static double Derivative(double x) => 1 / ((1 + Math.Exp(-x)) * (1 + Math.Exp(x)));
}
