using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>The gradient by one variable as a row of a report, and the tolerance that it may have.</summary>
internal sealed class VariableComparisonTests
{
    [TestCase(1e-2, true)]
    [TestCase(1e-300, true)]
    [TestCase(0.0100001, false)]
    [TestCase(-1e-3, false)]
    public void Options_Tolerance_IsAboveZeroAndUpToOnePercent(double tolerance, bool isAllowed)
    {
        if (isAllowed)
        {
            new GradientCheckOptions { Tolerance = tolerance }.Tolerance.ShouldBe(tolerance);
        }
        else
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Tolerance = tolerance })
                .Message.ShouldStartWith("Tolerance must be above 0 and at most 1e-2.");
        }
    }

    // The largest error of several, and the numeric gradient times the passes that were added up.
    [Test]
    public void Comparison_OfSeveralEntries_HasTheWorst()
    {
        Matrix<double> x = Rows([1, 2], [3, 4]);
        NamedMatrix<double> variable = new("x", x);
        var comparison = new VariableComparison(
            variable, [0, 1, 2, 3], new FunctionSize([variable], 1), new NumericalGradient(() => 3 * x, Rows([1, 1], [1, 1])), 1e-7);

        GradientCheckRow row = comparison.Compare(Rows([6, 6.6], [6.06, 6]), times: 2);

        (row.WorstRow, row.WorstColumn, row.Analytic, row.Verdict).ShouldBe((0, 1, 6.6, GradientVerdict.Wrong));
        row.WorstError.ShouldBe(0.3 / 3.3, 1e-9);
        row.Numeric.ShouldBe(6, 1e-9);
        GradientCheckRow ofOtherShape = comparison.Compare(Rows([3]));
        (ofOtherShape.Verdict, ofOtherShape.Analytic, ofOtherShape.WorstError).ShouldBe((GradientVerdict.Wrong, double.NaN, double.PositiveInfinity));
    }

    [Test]
    public void Comparison_EntryAdded_TellsWhetherItIsWrong()
    {
        Matrix<double> x = Rows([1, 2, 3, 4]), gradient = Rows([3, 3.001, 5, 3]);
        NamedMatrix<double> variable = new("x", x);
        var comparison = new VariableComparison(variable, [0], new FunctionSize([variable], 1), new NumericalGradient(() => 3 * x, Rows([1, 1, 1, 1])), 1e-7);

        new[] { 0, 1, 2, 3 }.Select(entry => comparison.Add(entry, gradient)).ShouldBe([false, true, true, false]);
        comparison.IsComplete.ShouldBeTrue();
        comparison.Add(2, gradient).ShouldBeTrue();
        comparison.Smooth().Entries.ShouldBe([0, 1, 2, 3]);
    }
}
