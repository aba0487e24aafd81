using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>Updates of the rows only that a gradient by rows has: as if these rows were a parameter of their own, and the others not there.</summary>
internal sealed class LazyRowsTests
{
    // Above the chunk of 128 rows that is gathered at a time, and large enough for several threads.
    private const int Rows = 700, Columns = 40;

    private static readonly Dictionary<string, Func<NamedParameter<float>[], Optimizer<float>>> Rules = new()
    {
        ["SGD with decay"] = all => new SGD<float>(all, 0.1f, weightDecay: 0.2f, lazyRows: true),
        ["momentum"] = all => new SGD<float>(all, 0.1f, 0.9f, weightDecay: 0.2f, lazyRows: true),
        ["Nesterov"] = all => new SGD<float>(all, 0.1f, 0.9f, nesterov: true, lazyRows: true),
        ["AdaGrad with decay"] = all => new AdaGrad<float>(all, 0.1f, weightDecay: 0.2f, lazyRows: true),
        ["AdaGrad"] = all => new AdaGrad<float>(all, 0.1f),
        ["RMSProp"] = all => new RMSProp<float>(all, 0.1f, lazyRows: true),
        ["RMSProp with momentum"] = all => new RMSProp<float>(all, 0.1f, momentum: 0.9f, lazyRows: true),
        ["Adam"] = all => new Adam<float>(all, 0.1f, weightDecay: 0.2f, lazyRows: true),
        ["AdamW"] = all => new AdamW<float>(all, 0.1f, 0.2f, lazyRows: true),
    };

    private static IEnumerable<string> Names => Rules.Keys;

    [TestCaseSource(nameof(Names))]
    public void Step_SameRowsEachTime_GivesTheBitsOfATableOfThoseRowsAndLeavesTheOthers(string name)
    {
        int[] rows = [.. Enumerable.Range(0, Rows).Where(row => row % 3 != 0).Reverse()];
        Parameter<float> table = new(Some.Matrix<float>(Rows, Columns)), part = new(Some.Matrix<float>(rows.Length, Columns));
        for (int k = 0; k < rows.Length; k++)
        {
            part.Value.SetRow(k, table.Value.Row(rows[k]));
        }

        Matrix<float> start = table.Value.Clone();
        Optimizer<float> ofTable = Rules[name]([new("w", table)]), ofPart = Rules[name]([new("w", part)]);
        for (int step = 0; step < 3; step++)
        {
            Matrix<float> gradient = Some.Matrix<float>(rows.Length, Columns, seed: step);
            table.ZeroGradient();
            table.AddRowsToGradient(rows, gradient);
            part.SetGradient(gradient);
            ofTable.Step();
            ofPart.Step();
            table.IsGradientByRows.ShouldBeTrue();
        }

        for (int row = 0; row < Rows; row += 3)
        {
            table.Value.Row(row).ShouldBe(start.Row(row));
        }

        for (int k = 0; k < rows.Length; k++)
        {
            table.Value.Row(rows[k]).ShouldBe(part.Value.Row(k));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Step_GradientOfRows_AllocatesNothing(string name)
    {
        Parameter<float> table = new(Some.Matrix<float>(Rows, Columns));
        Optimizer<float> optimizer = Rules[name]([new("w", table)]);
        int[] rows = Some.Labels(300, Rows);
        Matrix<float> gradient = Some.Matrix<float>(300, Columns);
        Allocation.OfThread(() =>
        {
            optimizer.ZeroGradients();
            table.AddRowsToGradient(rows, gradient);
            optimizer.Step();
        }).ShouldBe(0);
    }

    // By default a row without a gradient moves on by its mean: m = 0.1·g, then 0.09·g, both corrected.
    [Test]
    public void Step_NotLazy_MovesRowsWithoutAGradient()
    {
        Parameter<double> table = new(Matrix<double>.Build.Dense(2, 1));
        var adam = new Adam<double>([new("w", table)], 0.1);
        table.AddRowsToGradient([0], Matrix<double>.Build.Dense(1, 1, 1));
        adam.Step();
        double first = table.Value[0, 0];
        table.ZeroGradient();
        table.AddRowsToGradient([1], Matrix<double>.Build.Dense(1, 1, 1));
        adam.Step();

        first.ShouldBe(-0.1, 1e-8);
        double expected = first - (0.1 * (0.09 / 0.19) / Math.Sqrt(0.000999 / 0.001999));
        table.Value[0, 0].ShouldBe(expected, 1e-8);
    }

    [Test]
    public void AdaGrad_WithDecayAndNotLazy_DecaysRowsWithoutAGradient()
    {
        Parameter<double> table = new(Matrix<double>.Build.Dense(2, 1, 1));
        var adaGrad = new AdaGrad<double>([new("w", table)], 0.1, weightDecay: 0.5);
        table.AddRowsToGradient([0], Matrix<double>.Build.Dense(1, 1, 1));
        adaGrad.Step();

        // Both have one square only, so each moves by the rate.
        table.Value[0, 0].ShouldBe(0.9, 1e-9);
        table.Value[1, 0].ShouldBe(0.9, 1e-9);
    }
}
