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
    public void Constructor_BadConstant_SaysWhatIsNeeded()
    {
        string type = typeof(T).Name;
        Message(() => new LeakyReLU<T>(double.NaN)).ShouldStartWith($"LeakyReLU needs a slope that is a finite {type}.");
        Message(() => new ELU<T>(-1)).ShouldStartWith($"ELU needs a alpha that is a finite {type}, 0 or more.");
        Message(() => new Scale<T>(T.NaN)).ShouldStartWith($"Scale needs a factor that is a finite {type}.");
        Message(() => new AddConstant<T>(T.NaN)).ShouldStartWith($"AddConstant needs a constant that is a finite {type}.");
        Message(() => new Power<T>(T.NaN)).ShouldStartWith($"Power needs a exponent that is a finite {type}.");
        Message(() => new Normal(-1)).ShouldStartWith("The standard deviation must be a finite number, 0 or more.");
        new Normal(0).StandardDeviation.ShouldBe(0);

        static string Message(Func<object> make) => Should.Throw<ArgumentOutOfRangeException>(() => { make(); }).Message;
    }

    [Test]
    public void Description_OfAFunction_NamesItsSetting()
    {
        T two = T.CreateChecked(2);
        Setting(new LeakyReLU<T>(0.5)).ShouldBe(new("slope", 0.5));
        Setting(new ELU<T>(0.5)).ShouldBe(new("alpha", 0.5));
        Setting(new Scale<T>(two)).ShouldBe(new("factor", two));
        Setting(new AddConstant<T>(two)).ShouldBe(new("constant", two));
        Setting(new Power<T>(two)).ShouldBe(new("exponent", two));
        Setting(new GELU<T>(tanh: true)).ShouldBe(new("tanh", true));
        (new GELU<T>().Name, new GELU<T>(tanh: true).Name).ShouldBe(("GELU", "GELU(tanh)"));
        (new AddConstant<T>(two).Symbol, new AddConstant<T>(-two).Symbol).ShouldBe(("+2", "−2"));

        static KeyValuePair<string, object> Setting(Function<T> function) => function.Description.Settings.Single();
    }

    // Between the slopes −1 and 1.
    [Test]
    public void Absolute_AtZero_HasTheSlopeZero()
    {
        var cache = new Cache<T>();
        var absolute = new Absolute<T>();
        foreach (T zero in (T[])[T.Zero, T.NegativeZero])
        {
            absolute.Forward(zero, cache);
            absolute.Backward(T.One, cache).ShouldBe(T.Zero);
        }
    }

    // x⁰ is 1 everywhere, also where a gate before left numbers in the buffers.
    [Test]
    public void Power_ExponentIsZero_HasTheSlopeZero()
    {
        var cache = new Cache<T>();
        cache.Buffer(1, 1, 3).AsSpan().Fill(T.NaN);
        var power = new Power<T>(T.Zero);
        Matrix<T> x = Matrix<T>.Build.Dense(1, 3, [T.Zero, T.One, -T.One]), upstream = Matrix<T>.Build.Dense(1, 3, T.One);
        power.Forward(x, cache).Enumerate().All(y => y == T.One).ShouldBeTrue();
        power.Backward(upstream, cache).Enumerate().All(slope => slope == T.Zero).ShouldBeTrue();
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
