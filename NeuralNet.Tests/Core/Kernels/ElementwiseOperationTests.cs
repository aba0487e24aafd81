using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>Element-wise operations against double precision, at every length that has a tail of its own, and at the ends of the numbers.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ElementwiseOperationTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static IEnumerable<ElementwiseCase<T>> Cases => ElementwiseCase<T>.All;

    [TestCaseSource(nameof(Cases))]
    public void Run_ValuesOverTheRange_AreWithinUnitsOfTheLastPlace(ElementwiseCase<T> operation)
    {
        T[] source = Values(operation.Low, operation.High, 50_000), target = new T[source.Length];
        operation.Run(source, target);
        for (int i = 0; i < source.Length; i++)
        {
            double x = double.CreateChecked(source[i]), expected = operation.Expected(x);
            double unit = Unit(Math.Max(Math.Abs(expected), operation.Floor));
            double error = Math.Abs(double.CreateChecked(target[i]) - expected);
            (error <= operation.Units * unit).ShouldBeTrue($"at {x:R}: {target[i]} instead of {expected:R}, {error / unit:0.0} units");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Run_EveryLength_GivesTheSameBitsAsNumberByNumber(ElementwiseCase<T> operation)
    {
        int[] lengths = [.. Enumerable.Range(0, 71), 4095, 50_001];
        foreach (int length in lengths)
        {
            T[] source = Values(operation.Low, operation.High, length), target = new T[length], single = new T[1];
            operation.Run(source, target);
            int step = length > 100 ? 97 : 1;
            for (int i = length - 1; i >= 0; i -= step)
            {
                operation.Run([source[i]], single);
                target[i].Equals(single[0]).ShouldBeTrue($"element {i} of {length}: {target[i]} and alone {single[0]}");
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Run_EndsOfTheNumbers_GiveTheLimits(ElementwiseCase<T> operation)
    {
        T far = T.CreateChecked(1e4);
        T[] source = [T.NegativeInfinity, -far, T.NegativeZero, T.Zero, far, T.PositiveInfinity, T.NaN], target = new T[7];
        operation.Run(source, target);
        double[] limits = operation.Limits;
        double[] expected = [limits[0], limits[1], limits[2], limits[2], limits[3], limits[4], double.NaN];
        for (int i = 0; i < source.Length; i++)
        {
            target[i].Equals(T.CreateChecked(expected[i]) + T.Zero).ShouldBeTrue($"at {source[i]}: {target[i]} instead of {expected[i]}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Run_Subnormals_KeepTheirDigits(ElementwiseCase<T> operation)
    {
        T[] source = [T.Epsilon, -T.Epsilon, T.Epsilon * T.CreateChecked(1000), -T.Epsilon * T.CreateChecked(1000)], target = new T[4];
        operation.Run(source, target);
        for (int i = 0; i < source.Length; i++)
        {
            // The smallest numbers have no half, so a function through 0 with a slope of a half is exact to one of them.
            double expected = operation.Expected(double.CreateChecked(source[i]));
            double error = Math.Abs(double.CreateChecked(target[i]) - expected);
            error.ShouldBeLessThanOrEqualTo(Math.Max(double.CreateChecked(T.Epsilon), Unit(expected)), $"at {source[i]}");
        }
    }

    [Test]
    public void Exponentiate_Zero_IsExactlyOne()
    {
        T[] target = new T[40];
        ElementwisePass<T, Exponentiate<T>>.Run(default, new T[40], target);
        target.ShouldBe(Enumerable.Repeat(T.One, 40));
    }

    [Test]
    public void Exponentiate_WhereTheResultIsSubnormal_IsRoundedOnce()
    {
        (double low, double high) = typeof(T) == typeof(float) ? (-103, -87.5) : (-744, -709);
        T[] source = Values(low, high, 2000), target = new T[2000];
        source = [.. source.Select(x => x < T.CreateChecked(high) ? x : T.CreateChecked(low))];
        ElementwisePass<T, Exponentiate<T>>.Run(default, source, target);
        for (int i = 0; i < source.Length; i++)
        {
            double error = Math.Abs(double.CreateChecked(target[i]) - Math.Exp(double.CreateChecked(source[i])));
            error.ShouldBeLessThanOrEqualTo(1.01 * double.CreateChecked(T.Epsilon), $"at {source[i]}");
        }
    }

    [Test]
    public void HyperbolicTangent_OppositeSigns_AreOppositeToTheBit()
    {
        T[] source = [T.Zero, .. Values(-20, 20, 999)], target = new T[1000], opposite = new T[1000];
        ElementwisePass<T, HyperbolicTangent<T>>.Run(default, source, target);
        ElementwisePass<T, HyperbolicTangent<T>>.Run(default, [.. source.Select(x => -x)], opposite);
        opposite.ShouldBe(target.Select(y => -y));
        T.IsNegative(target[0]).ShouldBeFalse();
        T.IsNegative(opposite[0]).ShouldBeTrue();
    }

    // The slope 1 − y², and upstream times the factor or itself: arithmetic.
    [Test]
    public void TanhAndLeakyBackward_SomeNumbers_AreUpstreamTimesSlope()
    {
        T[] upstream = [T.One, T.One, -T.One], target = new T[3], second = [T.CreateChecked(0.5), T.Zero, -T.One];
        ElementwisePass<T, TanhBackward<T>>.Run(default, upstream, second, target);
        target.ShouldBe([T.CreateChecked(0.75), T.One, T.Zero]);
        ElementwisePass<T, LeakyRectifyBackward<T>>.Run(new(T.CreateChecked(0.25)), upstream, second, target);
        target.ShouldBe([T.One, T.CreateChecked(0.25), T.CreateChecked(-0.25)]);
    }

    // Expected numbers: mpmath with 30 digits, x·erfc(−x/√2)/2 and its derivative.
    [TestCase(-12.0, -2.1317785344932147e-32, -2.5578956616748956e-31)]
    [TestCase(-5.0, -1.4332578593959695e-06, -7.146946001792295e-06)]
    [TestCase(-2.5, -0.015524163314440337, -0.03761108590814521)]
    [TestCase(-1.0, -0.15865525393145705, -0.0833154705876863)]
    [TestCase(-0.25, -0.10032341857926907, 0.30462664511636395)]
    [TestCase(0.25, 0.14967658142073093, 0.695373354883636)]
    [TestCase(1.0, 0.8413447460685429, 1.0833154705876864)]
    [TestCase(2.5, 2.4844758366855597, 1.037611085908145)]
    [TestCase(5.0, 4.999998566742141, 1.000007146946002)]
    public void GaussianLinear_KnownNumbers_Agree(double x, double y, double slope)
    {
        T[] target = new T[1];
        double units = System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? 8 : 100;
        ElementwisePass<T, GaussianLinear<T>>.Run(default, [T.CreateChecked(x)], target);
        double unit = typeof(T) == typeof(float) ? Math.Pow(2, -23) : Math.Pow(2, -52);
        double.CreateChecked(target[0]).ShouldBe(y, Math.Max(units * unit * Math.Abs(y), double.CreateChecked(T.Epsilon)));
        ElementwisePass<T, GaussianLinearBackward<T>>.Run(default, [T.One], [T.CreateChecked(x)], target);
        double.CreateChecked(target[0]).ShouldBe(slope, Math.Max(units * unit * Math.Abs(slope) * (1 + (x * x)), double.CreateChecked(T.Epsilon)));
    }

    // Half of them spread over the range, half of them close to 0 in all magnitudes.
    private static T[] Values(double low, double high, int count)
    {
        var random = new Random(17);
        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            double value = low + ((high - low) * random.NextDouble());
            values[i] = T.CreateChecked(i % 2 == 0 ? value : value * Math.Pow(10, -12 * random.NextDouble()));
        }

        return values;
    }

    private static double Unit(double value) =>
        typeof(T) == typeof(float) ? MathF.BitIncrement(MathF.Abs((float)value)) - MathF.Abs((float)value) : Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
}
