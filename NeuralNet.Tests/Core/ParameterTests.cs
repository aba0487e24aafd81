using NeuralNet.Core;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

internal sealed class ParameterTests
{
    [Test]
    public void AddToGradient_TwoBranches_Sums()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 3));
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 3, 1));
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 3, 2));
        parameter.Gradient.ShouldBe(Matrix<double>.Build.Dense(2, 3, 3));
    }

    [Test]
    public void AddToGradient_AnotherShape_IsRefusedWithBothShapes() =>
        Should.Throw<ArgumentException>(() => new Parameter<double>(Some.Matrix<double>(2, 3)).AddToGradient(Some.Matrix<double>(3, 2)))
            .Message.ShouldContain("A gradient has the shape of its variable: the parameter is [2×3], the gradient [3×2].");

    [Test]
    public void ZeroGradient_AfterAddition_ReadsAsZerosAndIsWrittenAnew()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 3));
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 3, double.NaN));
        parameter.ZeroGradient();
        parameter.Gradient.ShouldBe(Matrix<double>.Build.Dense(2, 3, 0));
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 3, 5));
        parameter.Gradient.ShouldBe(Matrix<double>.Build.Dense(2, 3, 5));
    }

    [Test]
    public void GradientToUpdate_FirstAndSecondTime_SaysWhetherToKeep()
    {
        var parameter = new Parameter<float>(Some.Matrix<float>(2, 3));
        parameter.GradientToUpdate(out float beta);
        beta.ShouldBe(0);
        parameter.GradientToUpdate(out beta);
        beta.ShouldBe(1);
    }

    [Test]
    public void Gradient_WrittenWhileZero_IsKeptAndAddedTo()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 3));
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 3, double.NaN));
        parameter.ZeroGradient();
        parameter.Gradient[1, 2] = 7;
        parameter.IsGradientZero.ShouldBeFalse();
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 3, 1));
        parameter.Gradient.ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 1, 1 }, { 1, 1, 8 } }));
    }

    [Test]
    public void GradientToRead_WhileZero_IsZerosAndLeavesTheFlag()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 2));
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 2, 3));
        parameter.ZeroGradient();
        parameter.GradientToRead.ToArray().ShouldBe([0, 0, 0, 0]);
        parameter.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void SetGradient_OverAnother_ReplacesIt()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 2));
        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 2, 3));
        parameter.SetGradient(Matrix<double>.Build.Dense(2, 2, 4));
        parameter.Gradient.ShouldBe(Matrix<double>.Build.Dense(2, 2, 4));
        Should.Throw<ArgumentException>(() => parameter.SetGradient(Some.Matrix<double>(2, 3))).Message.ShouldContain("[2×3]");
    }

    [Test]
    public void ScaleGradient_ZeroAndNot_ScalesAndLeavesTheFlag()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 2));
        parameter.ScaleGradient(0.5);
        parameter.IsGradientZero.ShouldBeTrue();
        parameter.SetGradient(Matrix<double>.Build.Dense(2, 2, 3));
        parameter.ScaleGradient(0.5);
        parameter.Gradient.ShouldBe(Matrix<double>.Build.Dense(2, 2, 1.5));
        Should.Throw<ArgumentOutOfRangeException>(() => parameter.ScaleGradient(double.NaN)).ParamName.ShouldBe("factor");
    }

    [Test]
    public void Constructor_EmptyMatrix_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Parameter<float>(Matrix<float>.Build.Dense(0, 3))).Message.ShouldContain("[0×3]");

    [Test]
    public void Constructor_SparseMatrix_IsRefusedWithTheRemedy() =>
        Should.Throw<ArgumentException>(() => new Parameter<float>(Matrix<float>.Build.Sparse(3, 3))).Message.ShouldContain("DenseOfMatrix");

    [Test]
    public void Constructor_HalfPrecision_IsRefused() =>
        Should.Throw<NotSupportedException>(() => new NeuralNet.Core.Functions.ReLU<Half>()).Message.ShouldContain("float or double");

    // As many elements, so that nothing but the check would notice.
    [Test]
    public void ApplyGradient_TargetOfAnotherShape_IsRefusedAndUntouched()
    {
        var parameter = new Parameter<double>(Matrix<double>.Build.Dense(2, 2, 1));
        parameter.SetGradient(Matrix<double>.Build.Dense(2, 2, 3));
        Matrix<double> target = Matrix<double>.Build.Dense(4, 1, 5);
        Should.Throw<ArgumentException>(() => parameter.ApplyGradient(target, 1)).Message.ShouldContain("the parameter is [2×2], the gradient [4×1]");
        target.ShouldBe(Matrix<double>.Build.Dense(4, 1, 5));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(-1)]
    public void ClampGradient_LimitIsNone_IsNamed(double limit) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Parameter<double>(Matrix<double>.Build.Dense(1, 1)).ClampGradient(limit))
            .Message.ShouldStartWith($"The limit of a gradient is a finite number, 0 or more, got {limit}. (Parameter 'limit')");

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void ScaleGradient_FactorIsNotFinite_IsNamed(double factor) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Parameter<double>(Matrix<double>.Build.Dense(1, 1)).ScaleGradient(factor))
            .Message.ShouldStartWith($"A gradient is scaled by a finite number, got {factor}.");
}
