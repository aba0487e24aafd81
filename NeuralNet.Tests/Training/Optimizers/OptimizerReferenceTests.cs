using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>100 steps of every entry of the catalogue against PyTorch 1.13 (Reference/optimizers.py): weight decay of weights only, and a parameter that every third
/// step skips, so that it has a count of its own.</summary>
internal sealed class OptimizerReferenceTests
{
    private const double Tolerance = 1e-12;

    private static readonly IReadOnlyDictionary<string, double[]> Figures = ReferenceFile.Read("optimizers.txt");

    private static IEnumerable<string> Names() => OptimizerCatalogue.All<double>().Select(entry => entry.Name);

    [TestCaseSource(nameof(Names))]
    public void Step_AHundredTimes_AgreesWithPyTorch(string name)
    {
        Parameter<double> weight = new(Start(3, 2)), bias = new(Start(1, 2), isRegularized: false);
        Optimizer<double> optimizer = OptimizerCatalogue.Get<double>(name).Make([([new("w", weight), new("b", bias)], 0.1)], null);
        for (int t = 0; t < 100; t++)
        {
            optimizer.ZeroGradients();
            weight.SetGradient(Gradient(weight.Value, t));
            if (t % 3 != 1)
            {
                bias.SetGradient(Gradient(bias.Value, t));
            }

            optimizer.Step();
        }

        ShouldAgree([.. weight.Value.AsSpan(), .. bias.Value.AsSpan()], Figures[name]);
    }

    [Test]
    public void Step_LazyRows_AgreesWithSparseAdam()
    {
        Parameter<double> table = new(Start(4, 2));
        var adam = new Adam<double>([new("table", table)], 0.1, epsilon: 1e-30, lazyRows: true);
        for (int t = 0; t < 100; t++)
        {
            adam.ZeroGradients();
            int step = t;
            table.AddRowsToGradient(
                [t % 4, ((3 * t) + 2) % 4], Matrix<double>.Build.Dense(2, 2, (k, j) => ((((7 * step) + (3 * k) + (5 * j)) % 11) - 5) / 10.0));
            adam.Step();
        }

        ShouldAgree(table.Value.AsSpan(), Figures["lazy"]);
    }

    private static Matrix<double> Start(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (i, j) => (((i + (j * rows)) * 5 % 7) - 3) / 4.0);

    private static Matrix<double> Gradient(Matrix<double> value, int t) => Matrix<double>.Build.Dense(
        value.RowCount, value.ColumnCount, (i, j) => (((((7 * t) + (3 * (i + (j * value.RowCount)))) % 11) - 5) / 10.0) + (0.3 * value[i, j]));

    private static void ShouldAgree(ReadOnlySpan<double> numbers, double[] expected)
    {
        numbers.Length.ShouldBe(expected.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i].ShouldBe(expected[i], Tolerance, $"number {i}");
        }
    }
}
