using System.Numerics;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Randomness;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class PhiloxFillTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Lengths below a block, with blocks in vectors and without, and long enough to be shared among threads; from every position in a block.
    [Test]
    public void FillUniform_AnyLengthAndPosition_GivesTheNumbersDrawnOneByOne(
        [Values(0, 1, 2, 3, 7, 16, 17, 61, 8191, 20_003)] int length, [Values(0, 1, 2, 3)] int position)
    {
        var state = new PhiloxState(12, new UInt128(3, uint.MaxValue - 2u), position);
        Philox one = new(0) { State = state }, all = new(0) { State = state };
        T[] expected = [.. Enumerable.Range(0, length).Select(_ => Next(one))], values = new T[length];
        all.FillUniform<T>(values);
        values.ShouldBe(expected);
        all.State.ShouldBe(one.State);
    }

    // A word for each element in either precision: what float draws, double drops too.
    [Test]
    public void FillMask_AnyLengthAndPosition_KeepsWhereTheUniformFloatIsBelow(
        [Values(0, 1, 6, 61, 8191, 20_003)] int length, [Values(0, 1, 2, 3)] int position)
    {
        var state = new PhiloxState(12, 3, position);
        Philox uniform = new(0) { State = state }, mask = new(0) { State = state };
        float[] numbers = new float[length];
        T[] kept = new T[length];
        uniform.FillUniform<float>(numbers);
        T scale = T.CreateChecked(1.25);
        mask.FillMask<T>(kept, 0.8, scale);
        kept.ShouldBe(numbers.Select(number => number < 0.8f ? scale : T.Zero));
        mask.State.ShouldBe(uniform.State);
    }

    [TestCase(0.0, 0)]
    [TestCase(1.0, 5000)]
    public void FillMask_CertainKeep_KeepsNoneOrAll(double keep, int count)
    {
        T[] mask = new T[5000];
        new Philox(1).FillMask<T>(mask, keep, T.One);
        mask.Count(value => value == T.One).ShouldBe(count);
    }

    // χ² of 99 degrees of freedom is above 148 with a probability of 0.001.
    [Test]
    public void FillUniform_HundredIntervals_AreEquallyFrequent()
    {
        T[] values = new T[1_000_000];
        new Philox(2).FillUniform<T>(values);
        int[] counts = new int[100];
        foreach (T value in values)
        {
            counts[int.CreateTruncating(value * T.CreateChecked(100))]++;
        }

        counts.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000).ShouldBeLessThan(148);
        values.Min().ShouldBeGreaterThanOrEqualTo(T.Zero);
        values.Max().ShouldBeLessThan(T.One);
    }

    [Test]
    public void FillUniform_NeighbouringNumbers_AreUncorrelated([Values(1, 2, 3, 4, 8)] int distance)
    {
        T[] values = new T[1_000_000];
        new Philox(2).FillUniform<T>(values);
        double sum = 0;
        for (int i = distance; i < values.Length; i++)
        {
            sum += (double.CreateChecked(values[i]) - 0.5) * (double.CreateChecked(values[i - distance]) - 0.5);
        }

        (sum / values.Length).ShouldBe(0, 4.5 / 12 / 1000); // 4.5 standard deviations, 1/12/√n each
    }

    [Test]
    public void FillMask_OneInFourKept_KeepsThatMany()
    {
        T[] mask = new T[400_000];
        new Philox(3).FillMask<T>(mask, 0.25, T.CreateChecked(4));
        ((double)mask.Count(value => value != T.Zero)).ShouldBe(100_000, 1232); // 4.5 standard deviations, √(400000 · ¼ · ¾) = 274
    }

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void FillMask_KeepIsNoProbability_IsRefused(double keep) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Philox(1).FillMask<T>(new T[3], keep, T.One)).Message.ShouldContain("0 to 1");

    [Test]
    public void Fill_OtherElementType_IsRefused()
    {
        Should.Throw<NotSupportedException>(() => new Philox(1).FillUniform<Half>(new Half[3])).Message.ShouldContain("float or double");
        Should.Throw<NotSupportedException>(() => new Philox(1).FillMask<Half>(new Half[3], 0.5, Half.One)).Message.ShouldContain("float or double");
    }

    [Test]
    public void Fill_SteadyState_AllocatesNothing()
    {
        T[] values = new T[20_003];
        var random = new Philox(1);
        Allocation.OfThread(() =>
        {
            random.FillUniform<T>(values);
            random.FillMask<T>(values, 0.5, T.One);
        }).ShouldBe(0);
    }

    private static T Next(Philox random) =>
        typeof(T) == typeof(float) ? T.CreateChecked(random.NextSingle()) : T.CreateChecked(random.NextDouble());
}
