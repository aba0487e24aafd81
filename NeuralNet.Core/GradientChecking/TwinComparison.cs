using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>The check of a gate in float: its twin in double by difference quotients, then the gate by its twin.</summary>
internal sealed class TwinComparison(Gate<float> gate, Gate<double> twin, GradientCheckOptions options)
{
    // Rounding of float, after sums of some thousand products.
    private const double Good = 1e-4;
    private const double Suspicious = 1e-2;

    public GradientCheckReport Run(Matrix<float> input)
    {
        CopyParameters();
        Matrix<double> inputOfTwin = input.Map(x => (double)x);
        GradientCheckReport ofTwin = GradientCheck.Gate(twin, inputOfTwin, options);

        DifferentiableFunction<float> inFloat = DifferentiableFunction<float>.OfGate(gate, input);
        DifferentiableFunction<double> inDouble = DifferentiableFunction<double>.OfGate(twin, inputOfTwin);
        options.BeforeForward?.Invoke();
        Matrix<float> output = inFloat.Forward();
        var random = new Random(options.Seed);
        Matrix<float> upstream = Matrix<float>.Build.Dense(output.RowCount, output.ColumnCount, (_, _) => (2 * random.NextSingle()) - 1);
        options.BeforeForward?.Invoke();
        inDouble.Forward();
        IReadOnlyList<Matrix<float>> gradients = inFloat.Backward(upstream);
        IReadOnlyList<Matrix<double>> expected = inDouble.Backward(upstream.Map(u => (double)u));

        List<GradientCheckRow> rows = [.. ofTwin.Rows];
        List<GradientDiagnosis> diagnoses = [.. ofTwin.Diagnoses];
        for (int i = 0; i < gradients.Count; i++)
        {
            GradientCheckRow row = Compare($"{inFloat.Variables[i].Name} in float", gradients[i], expected[i]);
            rows.Add(row);
            if (row.Verdict != GradientVerdict.Good)
            {
                diagnoses.Add(new(row.Variable, GradientMistake.Unknown, $"{gate} in float does not do what its twin in double does"));
            }
        }

        return new GradientCheckReport($"{gate} in float and its twin in double", rows, diagnoses);
    }

    private static GradientCheckRow Compare(string name, Matrix<float> gradient, Matrix<double> expected)
    {
        ReadOnlySpan<float> given = gradient.AsSpan();
        ReadOnlySpan<double> right = expected.AsSpan();
        double largest = expected.Enumerate().Max(Math.Abs);
        int worst = 0;
        double worstError = 0;
        for (int i = 0; i < right.Length; i++)
        {
            double scale = Math.Max(Math.Max(Math.Abs(given[i]), Math.Abs(right[i])), largest / 100);
            double error = scale == 0 ? 0 : Math.Abs(given[i] - right[i]) / scale;
            if (!(error <= worstError))
            {
                (worst, worstError) = (i, double.IsNaN(error) ? double.PositiveInfinity : error);
            }
        }

        int rows = expected.RowCount;
        GradientVerdict verdict = worstError <= Good ? GradientVerdict.Good
            : worstError <= Suspicious ? GradientVerdict.Suspicious
            : GradientVerdict.Wrong;
        return new GradientCheckRow(
            name, rows, expected.ColumnCount, right.Length, 0, worstError, worst % rows, worst / rows, given[worst], right[worst], verdict);
    }

    private void CopyParameters()
    {
        IReadOnlyList<NamedParameter<float>> from = gate.Parameters;
        IReadOnlyList<NamedParameter<double>> to = twin.Parameters;
        bool fits = from.Count == to.Count && from.Zip(to).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Parameter.Value.Shape() == pair.Second.Parameter.Value.Shape());
        if (!fits)
        {
            throw new ArgumentException(
                $"The twin {twin} must have the parameters of {gate}, " +
                $"{string.Join(", ", from.Select(p => $"{p.Name} {p.Parameter.Value.Shape()}"))}; " +
                $"it has {string.Join(", ", to.Select(p => $"{p.Name} {p.Parameter.Value.Shape()}"))}.");
        }

        for (int i = 0; i < from.Count; i++)
        {
            from[i].Parameter.Value.Map(x => (double)x).CopyTo(to[i].Parameter.Value);
        }
    }
}
