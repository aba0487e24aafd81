using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>The check of a gate in training, and in evaluation where that differs.</summary>
internal sealed class ModeComparison(Gate<double> gate, IReadOnlyList<Matrix<double>> inputs, GradientCheckOptions options)
{
    // The formulas are mostly the same in both modes: a small sample is enough for evaluation.
    private const int EntriesInEvaluation = 12;
    private const int DirectionsInEvaluation = 2;

    public GradientCheckReport Run()
    {
        DifferentiableFunction<double> training = DifferentiableFunction<double>.OfGate(gate, inputs);
        GradientCheckReport report = GradientCheck.Function(training, options);
        DifferentiableFunction<double> evaluation = DifferentiableFunction<double>.OfGate(gate, inputs, new Cache<double>(training: false, keeps: true));
        if (IsSame(training, evaluation))
        {
            return report;
        }

        GradientCheckReport other = GradientCheck.Function(evaluation, options with
        {
            EntriesPerVariable = Math.Min(EntriesInEvaluation, options.EntriesPerVariable),
            Directions = Math.Min(DirectionsInEvaluation, options.Directions),
        });
        return other.Passed ? report : new GradientCheckReport(
            report.Function,
            [.. report.Rows, .. other.Rows.Where(row => row.Verdict > GradientVerdict.Acceptable).Select(row => row with { Variable = $"{row.Variable} in evaluation" })],
            [.. report.Diagnoses, .. other.Diagnoses.Select(diagnosis => diagnosis with { Variable = $"{diagnosis.Variable} in evaluation" })]);
    }

    private bool IsSame(DifferentiableFunction<double> training, DifferentiableFunction<double> evaluation)
    {
        var ofTraining = new GuardedPasses(training, options.BeforeForward);
        var ofEvaluation = new GuardedPasses(evaluation, options.BeforeForward);
        Matrix<double> output = ofTraining.Forward();
        if (!Accumulation.IsSame(ofEvaluation.Forward(), output) || ofEvaluation.Effects.Any())
        {
            return false;
        }

        Matrix<double> upstream = Matrix<double>.Build.Random(output.RowCount, output.ColumnCount, options.Seed);
        return ofTraining.Gradients(upstream, training.Backward).Zip(ofEvaluation.Gradients(upstream, evaluation.Backward))
            .All(pair => Accumulation.IsSame(pair.First!, pair.Second!));
    }
}
