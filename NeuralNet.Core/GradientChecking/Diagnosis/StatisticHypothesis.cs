using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>A mean, a variance or a norm of the variable is taken for a constant, as in batch norm, layer norm, or division by a sum.</summary>
internal sealed class StatisticHypothesis : IHypothesis
{
    // What is added to variances, of which the right one is seen by the right gradient.
    private static readonly double[] Offsets = [0, 1e-5, 1e-3, 1e-8, 1e-6, 1e-12, 1e-4, 1e-7, 1e-10];

    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (evidence.UpstreamOfShape is not { } u || evidence.Right is not { } right || evidence.Variable.Count == 1)
        {
            return null;
        }

        Matrix<double> x = evidence.Variable.Value, y = evidence.Output;
        return Centred(evidence, u, right, "over the batch (columns)")
            ?? Centred(evidence, u, right, "over the features (rows)", transposes: true)
            ?? Scaled(evidence, u, x, y)
            ?? Normalized(evidence, u, x, y, right, "the batch", transposes: false)
            ?? Normalized(evidence, u, x, y, right, "the features", transposes: true);
    }

    // y = x − mean(x)
    private static GradientDiagnosis? Centred(GradientEvidence evidence, Matrix<double> u, Matrix<double> right, string axis, bool transposes = false)
    {
        Matrix<double> centred = transposes ? Centre(u.Transpose()).Transpose() : Centre(u);
        return IsNear(centred, right)
            ? evidence.Explain(u, GradientMistake.StatisticTakenAsConstant, $"the mean {axis} is taken for a constant: it depends on the variable, too")
            : null;
    }

    // y = x / s(x), where s is one number for each row, for each column, or for all.
    private static GradientDiagnosis? Scaled(GradientEvidence evidence, Matrix<double> u, Matrix<double> x, Matrix<double> y)
    {
        Matrix<double> factor = y.PointwiseDivide(x);
        return factor.ForAll(double.IsFinite) && (IsConstantInColumns(factor) || IsConstantInColumns(factor.Transpose()))
            ? evidence.Explain(
                u.PointwiseMultiply(factor), GradientMistake.StatisticTakenAsConstant, "what the variable is divided by (a norm, a sum) is taken for a constant: it depends on the variable, too")
            : null;
    }

    // y = γ·(x − mean) / √(variance + ε) + β, with statistics of columns, or of rows; γ is one for each column.
    private static GradientDiagnosis? Normalized(
        GradientEvidence evidence, Matrix<double> u, Matrix<double> x, Matrix<double> y, Matrix<double> right, string axis, bool transposes)
    {
        if (x.RowCount < 2 || x.ColumnCount < (transposes ? 2 : 1))
        {
            return null;
        }

        foreach (double offset in Offsets)
        {
            Matrix<double> z = Turn(x), deviations = Turn(x);
            (z, deviations) = Standardize(z, offset);
            (z, deviations) = (Turn(z), Turn(deviations));
            Matrix<double> scaled = u.MapIndexed((i, j, value) => value * Slope(z.Column(j), y.Column(j)), Zeros.Include);
            Matrix<double> variancePart = Turn(z).PointwiseMultiply(Means(Turn(scaled.PointwiseMultiply(z))));
            Matrix<double> centred = Turn(Centre(Turn(scaled)));
            if (!IsNear((centred - Turn(variancePart)).PointwiseDivide(deviations), right))
            {
                continue;
            }

            return Explain(scaled, "mean and variance of") ?? Explain(centred, "the variance of") ?? Explain(scaled - Turn(variancePart), "the mean of");

            GradientDiagnosis? Explain(Matrix<double> gradient, string what) => evidence.Explain(
                gradient.PointwiseDivide(deviations), GradientMistake.StatisticTakenAsConstant, $"{what} {axis} taken for a constant: the terms by which the variable changes them are left out");
        }

        return null;

        Matrix<double> Turn(Matrix<double> m) => transposes ? m.Transpose() : m;
    }

    private static (Matrix<double> Standardized, Matrix<double> Deviations) Standardize(Matrix<double> x, double offset)
    {
        Matrix<double> centred = Centre(x);
        Matrix<double> deviations = Means(centred.PointwiseMultiply(centred)).Map(v => Math.Sqrt(v + offset), Zeros.Include);
        return (centred.PointwiseDivide(deviations), deviations);
    }

    private static Matrix<double> Centre(Matrix<double> m) => m - Means(m);

    // The means of the columns, in the shape of the matrix.
    private static Matrix<double> Means(Matrix<double> m)
    {
        Vector<double> means = m.ColumnSums() / m.RowCount;
        return m.MapIndexed((_, j, _) => means[j], Zeros.Include);
    }

    // γ from y = γz + β.
    private static double Slope(Vector<double> z, Vector<double> y)
    {
        Vector<double> centred = z - (z.Sum() / z.Count);
        double square = centred.DotProduct(centred);
        return square == 0 ? 1 : centred.DotProduct(y) / square;
    }

    private static bool IsConstantInColumns(Matrix<double> m) =>
        m.RowCount > 1 && m.EnumerateColumns().All(c => c.Maximum() - c.Minimum() <= 1e-9 * c.AbsoluteMaximum());

    private static bool IsNear(Matrix<double> one, Matrix<double> other) => (one - other).L2Norm() <= 1e-6 * other.L2Norm();
}
