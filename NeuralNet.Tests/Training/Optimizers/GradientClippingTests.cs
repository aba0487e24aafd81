using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

internal sealed class GradientClippingTests
{
    // Pythagoras: 3, 4 and 12 have the norm 13.
    [Test]
    public void ByGlobalNorm_NormAboveTheLimit_ScalesAllToIt()
    {
        NamedParameter<double>[] parameters = [new("a", Of(3, -4)), new("b", Of(12)), new("unreached", new(Matrix<double>.Build.Dense(1, 2, 5)))];
        GradientClipping.ByGlobalNorm(parameters, 6.5).ShouldBe(13, 1e-14);
        parameters[0].Parameter.Gradient.ShouldBe(Row(1.5, -2));
        parameters[1].Parameter.Gradient.ShouldBe(Row(6));
        parameters[2].Parameter.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void ByGlobalNorm_NormWithinTheLimit_LeavesTheBits()
    {
        NamedParameter<double>[] parameters = [new("a", Of(0.3, -0.4))];
        GradientClipping.ByGlobalNorm(parameters, 0.5).ShouldBe(0.5, 1e-15);
        parameters[0].Parameter.Gradient.ShouldBe(Row(0.3, -0.4));
        GradientClipping.ByGlobalNorm<double>([], 1.0).ShouldBe(0);
    }

    [Test]
    public void ByGlobalNorm_GradientByRows_StaysSo()
    {
        Parameter<double> table = new(Matrix<double>.Build.Dense(5, 2));
        table.AddRowsToGradient([4, 1, 4], Matrices.FromRows<double>([1, 2], [4, 8], [1, 2]));
        GradientClipping.ByGlobalNorm([new("table", table)], 5.0).ShouldBe(10, 1e-14);
        table.IsGradientByRows.ShouldBeTrue();
        table.Gradient.Row(4).ShouldBe(Vector<double>.Build.Dense([1, 2]));
        table.Gradient.Row(1).ShouldBe(Vector<double>.Build.Dense([2, 4]));
    }

    // Squares of these are infinite or zero in float.
    [TestCase(3e25f)]
    [TestCase(3e-30f)]
    public void ByGlobalNorm_SquaresOutOfRange_IsRightNevertheless(float size)
    {
        Parameter<float> parameter = new(Matrix<float>.Build.Dense(2, 2));
        parameter.SetGradient(Matrix<float>.Build.Dense(2, 2, size));
        GradientClipping.ByGlobalNorm([new("w", parameter)], size).ShouldBe(2 * size, 1e-6f * size);
        parameter.Gradient[1, 1].ShouldBe(size / 2, 1e-6f * size);
    }

    [Test]
    public void ByGlobalNorm_SquaresOutOfRangeOfDouble_IsRightNevertheless()
    {
        GradientClipping.ByGlobalNorm([new("a", Of(3e300)), new("b", Of(4e300))], 1e301).ShouldBe(5e300, 1e286);
        Should.Throw<NotFiniteNumberException>(() => GradientClipping.ByGlobalNorm([new("a", Of(1.5e308)), new("b", Of(1.5e308))], 1.0)).Message.ShouldContain("too large for Double");
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void ByGlobalNorm_GradientNotFinite_IsNamedAndNothingIsScaled(double wrong)
    {
        NamedParameter<double>[] parameters = [new("good", Of(3, 4)), new("2.weight", Of(1, wrong))];
        Should.Throw<NotFiniteNumberException>(() => GradientClipping.ByGlobalNorm(parameters, 1)).Message.ShouldContain("'2.weight' is not finite");
        parameters[0].Parameter.Gradient.ShouldBe(Row(3, 4));
    }

    [Test]
    public void ByGlobalNorm_ParameterListedTwice_IsRefused()
    {
        Parameter<double> parameter = Of(3, 4);
        Should.Throw<ArgumentException>(() => GradientClipping.ByGlobalNorm([new("a", parameter), new("b", parameter)], 1.0)).Message.ShouldContain("'b' is listed twice");
        GradientClipping.ByGlobalNorm([new("a", parameter)], 10.0).ShouldBe(5, 1e-15);
    }

    // Expected: the sum in about twice the precision of double, over a length that threads share.
    [Test]
    public void ByGlobalNorm_ManyNumbers_AgreesWithAnExactSumAtAnyNumberOfThreads()
    {
        Matrix<float> gradient = Some.Matrix<float>(301, 303);
        var sum = new Exact();
        foreach (float number in gradient.Enumerate())
        {
            sum.AddProduct(number, number);
        }

        int threads = NeuralNet.Core.Operations.ComputeThreads.Count;
        try
        {
            NeuralNet.Core.Operations.ComputeThreads.Count = 1;
            double alone = Norm();
            NeuralNet.Core.Operations.ComputeThreads.Count = Environment.ProcessorCount;
            Norm().ShouldBe(alone);
            alone.ShouldBe(Math.Sqrt(sum.Value), 1e-6 * alone);
        }
        finally
        {
            NeuralNet.Core.Operations.ComputeThreads.Count = threads;
        }

        double Norm()
        {
            Parameter<float> parameter = new(Matrix<float>.Build.Dense(301, 303));
            parameter.SetGradient(gradient);
            return parameter.GradientNorm();
        }
    }

    [Test]
    public void ByValue_NumbersOutside_BecomeTheBounds()
    {
        Parameter<double> parameter = Of(3, -4, 0.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN), table = new(Matrix<double>.Build.Dense(3, 1));
        Parameter<double> unreached = new(Matrix<double>.Build.Dense(1, 1));
        table.AddRowsToGradient([2], Row(-7));
        GradientClipping.ByValue([new("a", parameter), new("table", table), new("unreached", unreached)], 1.0);
        parameter.Gradient.Enumerate().ShouldBe([1, -1, 0.5, 1, -1, double.NaN]);
        table.IsGradientByRows.ShouldBeTrue();
        table.Gradient.Enumerate().ShouldBe([0, 0, -1]);
        unreached.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void Clipping_BadArguments_AreRefusedByName()
    {
        NamedParameter<double>[] parameters = [new("a", Of(3))];
        foreach (double limit in (ReadOnlySpan<double>)[-1, double.NaN, double.PositiveInfinity])
        {
            Should.Throw<ArgumentOutOfRangeException>(() => GradientClipping.ByValue(parameters, limit)).ParamName.ShouldBe("limit");
            Should.Throw<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm(parameters, limit)).ParamName.ShouldBe("maxNorm");
            Should.Throw<ArgumentOutOfRangeException>(() => parameters[0].Parameter.ClampGradient(limit)).ParamName.ShouldBe("limit");
        }

        Should.Throw<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm(parameters, 0)).ParamName.ShouldBe("maxNorm");
        Should.Throw<ArgumentException>(() => GradientClipping.ByGlobalNorm<double>([default], 1)).Message.ShouldContain("Parameter 0");
        Should.Throw<ArgumentException>(() => GradientClipping.ByValue<double>([default], 1)).Message.ShouldContain("Parameter 0");
    }

    [Test]
    public void Clipping_SteadyState_AllocatesNothing()
    {
        Parameter<float> dense = new(Some.Matrix<float>(200, 100)), table = new(Some.Matrix<float>(300, 20));
        NamedParameter<float>[] parameters = [new("dense", dense), new("table", table)];
        Matrix<float> gradient = Some.Matrix<float>(200, 100), rows = Some.Matrix<float>(2, 20);
        Allocation.OfThread(() =>
        {
            table.ZeroGradient();
            dense.SetGradient(gradient);
            table.AddRowsToGradient([3, 250], rows);
            GradientClipping.ByGlobalNorm(parameters, 1);
            GradientClipping.ByValue(parameters, 0.01f);
        }).ShouldBe(0);
    }

    private static Parameter<double> Of(params double[] gradient)
    {
        Parameter<double> parameter = new(Matrix<double>.Build.Dense(1, gradient.Length, 1));
        parameter.SetGradient(Row(gradient));
        return parameter;
    }

    private static Matrix<double> Row(params double[] numbers) => Matrix<double>.Build.Dense(1, numbers.Length, numbers);
}
