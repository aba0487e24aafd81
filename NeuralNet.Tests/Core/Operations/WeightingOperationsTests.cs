using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>What addressing does with weightings, against plain loops and at its extremes, and what is refused.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class WeightingOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static double Tolerance => typeof(T) == typeof(float) ? 1e-5 : 1e-13;

    [Test]
    public void Shift_AnyShape_IsTheCircularConvolution([Values(1, 3, 16, 37)] int samples, [Values(1, 5, 128)] int locations, [Values(1, 3, 5)] int shifts)
    {
        shifts = Math.Min(shifts, locations);
        Matrix<T> weights = Some.Matrix<T>(samples, locations), shares = Some.Matrix<T>(samples, shifts, 2), shifted = Some.Matrix<T>(samples, locations, 3);
        WeightingOperations.Shift(weights, shares, shifted);
        for (int n = 0; n < samples; n++)
        {
            double[] expected = new double[locations];
            for (int i = 0; i < locations; i++)
            {
                for (int k = 0; k < shifts; k++)
                {
                    expected[(i + k - (shifts / 2) + locations) % locations] += double.CreateChecked(weights[n, i]) * double.CreateChecked(shares[n, k]);
                }
            }

            for (int i = 0; i < locations; i++)
            {
                double.CreateChecked(shifted[n, i]).ShouldBe(expected[i], Tolerance);
            }
        }
    }

    [Test]
    public void Shift_AllOfTheThirdShareOfThree_MovesOnAndAround()
    {
        Matrix<T> shifted = Matrices.Zeros<T>(1, 4);
        WeightingOperations.Shift(Of(0.5, 0.25, 0.125, 0.0625), Of(0, 0, 1), shifted);
        shifted.ShouldBe(Of(0.0625, 0.5, 0.25, 0.125));
        WeightingOperations.Shift(Of(0.5, 0.25, 0.125, 0.0625), Of(1, 0, 0), shifted);
        shifted.ShouldBe(Of(0.25, 0.125, 0.0625, 0.5));
    }

    [Test]
    public void Sharpen_AnyShape_IsThePowerOverItsSum([Values(1, 3, 16, 37)] int samples, [Values(1, 5, 128)] int locations)
    {
        Matrix<T> weights = Some.Matrix<T>(samples, locations).Map(T.Abs), powers = Some.Matrix<T>(samples, 1, 2).Map(x => x + T.CreateChecked(2.5)), sharpened = weights.Clone();
        WeightingOperations.Sharpen(weights, powers, sharpened);
        for (int n = 0; n < samples; n++)
        {
            double[] values = [.. Enumerable.Range(0, locations).Select(i => Math.Pow(double.CreateChecked(weights[n, i]), double.CreateChecked(powers[n, 0])))];
            for (int i = 0; i < locations; i++)
            {
                double.CreateChecked(sharpened[n, i]).ShouldBe(values[i] / values.Sum(), Tolerance);
            }
        }
    }

    // 0.25^300 is 0 in double, and both powers together would be 0/0.
    [Test]
    public void Sharpen_LargePower_TakesTheLargestAndLosesNothing()
    {
        Matrix<T> sharpened = Matrices.Zeros<T>(1, 4);
        WeightingOperations.Sharpen(Of(0.125, 0.25, 0, 0.25), Of(1e6), sharpened);
        sharpened.ShouldBe(Of(0, 0.5, 0, 0.5));
        WeightingOperations.Sharpen(Of(1e-30, 2e-30, 0, 0), Of(2), sharpened);
        ShouldAgree(sharpened, 0.2, 0.8, 0, 0);
    }

    [Test]
    public void SharpenBackward_WeightsOfZero_AreTheLimits()
    {
        Matrix<T> weights = Of(0, 0.25, 0.75, 0), upstream = Of(1, 2, 3, 4), sharpened = weights.Clone(), dw = weights.Clone(), dPower = Of(0);
        WeightingOperations.Sharpen(weights, Of(1), sharpened);
        WeightingOperations.SharpenBackward(upstream, weights, Of(1), sharpened, dw, dPower);

        // With γ = 1 the weights are as they were, and each gets G_i less the mean 0.25·2 + 0.75·3.
        ShouldAgree(sharpened, 0, 0.25, 0.75, 0);
        ShouldAgree(dw, -1.75, -0.75, 0.25, 1.25);
        ShouldAgree(dPower, (0.25 * -0.75 * Math.Log(0.25)) + (0.75 * 0.25 * Math.Log(0.75)));

        WeightingOperations.Sharpen(weights, Of(2), sharpened);
        WeightingOperations.SharpenBackward(upstream, weights, Of(2), sharpened, dw, dPower);

        // 0.0625 and 0.5625 over their sum: 0.1 and 0.9; the mean is 2.9; dw = 2·y·(G − mean)/w.
        ShouldAgree(sharpened, 0, 0.1, 0.9, 0);
        ShouldAgree(dw, 0, 2 * 0.1 * -0.9 / 0.25, 2 * 0.9 * 0.1 / 0.75, 0);
        ShouldAgree(dPower, (0.1 * -0.9 * Math.Log(0.25)) + (0.9 * 0.1 * Math.Log(0.75)));
    }

    [Test]
    public void Sharpen_ZerosAlone_IsNaNAndNotAWrongWeighting()
    {
        Matrix<T> sharpened = Matrices.Zeros<T>(2, 2);
        WeightingOperations.Sharpen(Matrices.FromRows<T>([T.Zero, T.Zero], [T.One, T.Zero]), Matrices.FromRows<T>([T.One], [T.One]), sharpened);
        sharpened.Row(0).Count(T.IsNaN).ShouldBe(2);
        sharpened.Row(1).ToArray().ShouldBe([T.One, T.Zero]);
    }

    [Test]
    public void ScaleAndInterpolate_AnyNumberOfSamples_AreTheirFormulas([Values(1, 3, 16, 37)] int samples)
    {
        Matrix<T> x = Some.Matrix<T>(samples, 7), y = Some.Matrix<T>(samples, 7, 2), g = Some.Matrix<T>(samples, 1, 3), scaled = x.Clone(), between = x.Clone();
        WeightingOperations.Scale(x, g, scaled);
        WeightingOperations.Interpolate(g, x, y, between);
        for (int n = 0; n < samples; n++)
        {
            for (int j = 0; j < 7; j++)
            {
                scaled[n, j].ShouldBe(g[n, 0] * x[n, j]);
                double share = double.CreateChecked(g[n, 0]);
                double.CreateChecked(between[n, j]).ShouldBe((share * double.CreateChecked(x[n, j])) + ((1 - share) * double.CreateChecked(y[n, j])), Tolerance);
            }
        }
    }

    [Test]
    public void Operands_ThatDoNotFit_AreNamed()
    {
        Matrix<T> weights = Matrices.Zeros<T>(2, 4);
        foreach (int shifts in (int[])[0, 2, 5])
        {
            Should.Throw<ArgumentException>(() => WeightingOperations.Shift(weights, Matrices.Zeros<T>(2, shifts), weights.Clone())).Message
                .ShouldStartWith($"Shares of shifts must be [2×S], S odd and at most the 4 locations, got [2×{shifts}].");
        }

        Should.Throw<ArgumentException>(() => WeightingOperations.Shift(weights, Matrices.Zeros<T>(3, 1), weights.Clone())).Message.ShouldContain("got [3×1]");
        Should.Throw<ArgumentException>(() => WeightingOperations.Sharpen(weights, Matrices.Zeros<T>(2, 2), weights.Clone())).ParamName.ShouldBe("powers");
        Should.Throw<ArgumentException>(() => WeightingOperations.Sharpen(weights, Matrices.Zeros<T>(2, 1), weights)).ParamName.ShouldBe("sharpened");
        Should.Throw<ArgumentException>(() => WeightingOperations.Interpolate(Matrices.Zeros<T>(2, 1), weights, Matrices.Zeros<T>(2, 3), weights.Clone())).ParamName.ShouldBe("y");
        Should.Throw<ArgumentException>(() => WeightingOperations.Scale(weights, Matrices.Zeros<T>(1, 2), weights.Clone())).ParamName.ShouldBe("factors");
        Should.Throw<ArgumentException>(() => WeightingOperations.ScaleBackward(weights, weights.Clone(), Matrices.Zeros<T>(2, 1), weights, null)).ParamName.ShouldBe("xGradient");
    }

    private static Matrix<T> Of(params double[] row) => Matrices.FromRows<T>(1, row.Length, [.. row.Select(T.CreateChecked)]);

    private static void ShouldAgree(Matrix<T> actual, params double[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double.CreateChecked(actual[0, i]).ShouldBe(expected[i], Tolerance);
        }
    }
}
