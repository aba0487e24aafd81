using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;

namespace NeuralNet.Tests.Core.Functions;

/// <summary>Constants of functions that would turn every result into NaN, or are none of the function.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ConstantTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly double[] NotFinite = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static IEnumerable<TestCaseData> Functions =>
    [
        new TestCaseData("slope", (double x) => { _ = new LeakyReLU<T>(x); }).SetArgDisplayNames("LeakyReLU"),
        new TestCaseData("alpha", (double x) => { _ = new ELU<T>(x); }).SetArgDisplayNames("ELU"),
        new TestCaseData("factor", (double x) => { _ = new Scale<T>(T.CreateChecked(x)); }).SetArgDisplayNames("Scale"),
        new TestCaseData("constant", (double x) => { _ = new AddConstant<T>(T.CreateChecked(x)); }).SetArgDisplayNames("AddConstant"),
        new TestCaseData("exponent", (double x) => { _ = new Power<T>(T.CreateChecked(x)); }).SetArgDisplayNames("Power"),
        new TestCaseData("value", (double x) => { _ = new Constant(x); }).SetArgDisplayNames("Constant"),
    ];

    [TestCaseSource(nameof(Functions))]
    public void Constructor_ConstantIsNotFinite_IsRefusedByName(string name, Action<double> make)
    {
        foreach (double value in NotFinite)
        {
            ArgumentOutOfRangeException exception = Should.Throw<ArgumentOutOfRangeException>(() => make(value), $"{value}");
            exception.ParamName.ShouldBe(name);
            exception.Message.ShouldContain("finite");
        }

        make(0);
        make(0.5);
    }

    [Test]
    public void ELU_NegativeAlpha_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ELU<T>(-1)).Message.ShouldContain("0 or more");
        Should.Throw<ArgumentOutOfRangeException>(() => new ELU<T>(-double.Epsilon));
    }

    // A double that is infinite in float.
    [Test]
    public void LeakyReLU_SlopeBeyondTheElementType_IsRefused()
    {
        if (typeof(T) == typeof(float))
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new LeakyReLU<T>(1e300)).Message.ShouldContain("Single");
        }
        else
        {
            new LeakyReLU<T>(1e300).Slope.ShouldBe(1e300);
        }
    }

    [Test]
    public void Pattern_OfAMultiplicationByAConstant_IsAScalerWhateverTheConstant()
    {
        new Negate<T>().Pattern.ShouldBe(FlowPattern.Scaler);
        new Scale<T>(-T.One).Pattern.ShouldBe(FlowPattern.Scaler);
        new Scale<T>(T.CreateChecked(2)).Pattern.ShouldBe(FlowPattern.Scaler);
        new AddConstant<T>(T.One).Pattern.ShouldBe(FlowPattern.Distributor);
    }
}
