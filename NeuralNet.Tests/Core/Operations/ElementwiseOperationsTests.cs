using System.Numerics;
using NeuralNet.Core.Operations;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Operations on numbers in memory: what they compute, and what their kernels, which do not look, must not be given.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ElementwiseOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateChecked(0.5), Two = T.CreateChecked(2);

    // Below and above the size from which threads share the work; halves and doubles are exact.
    [TestCase(0)]
    [TestCase(11)]
    [TestCase(100_003)]
    public void Operations_AnyLength_AreTheLoopsOfTheirFormulas(int length)
    {
        T[] x = Numbers(length, 1), y = Numbers(length, 2), z = new T[length], sum = [.. y];
        ElementwiseOperations.Multiply<T>(x, y, z);
        ElementwiseOperations.AddScaled<T>(x, Two, sum);
        T[] scaled = new T[length];
        ElementwiseOperations.Scale<T>(x, Half, scaled);
        for (int i = 0; i < length; i++)
        {
            z[i].ShouldBe(x[i] * y[i]);
            sum[i].ShouldBe(y[i] + (Two * x[i]));
            scaled[i].ShouldBe(Half * x[i]);
        }
    }

    [Test]
    public void Operations_ResultIsAnOperand_WorkInPlace()
    {
        T[] x = [T.One, Two], y = [Two, Two];
        ElementwiseOperations.Scale<T>(x, Two, x);
        x.ShouldBe([Two, Two + Two]);
        ElementwiseOperations.Multiply<T>(x, y, y);
        y.ShouldBe([Two + Two, T.CreateChecked(8)]);
        ElementwiseOperations.AddScaled<T>(x, T.One, x);
        x.ShouldBe([T.CreateChecked(4), T.CreateChecked(8)]);
    }

    [Test]
    public void Operations_LengthsDiffer_AreRefusedByName()
    {
        T[] two = new T[2], three = new T[3];
        Refusal(() => ElementwiseOperations.Scale<T>(two, Two, three)).ShouldBe("y and x must be of equal length, got 3 and 2.");
        Refusal(() => ElementwiseOperations.AddScaled<T>(three, Two, two)).ShouldBe("y and x must be of equal length, got 2 and 3.");
        Refusal(() => ElementwiseOperations.Multiply<T>(two, three, three)).ShouldBe("z and x must be of equal length, got 3 and 2.");
        Refusal(() => ElementwiseOperations.Multiply<T>(three, two, three)).ShouldBe("z and y must be of equal length, got 3 and 2.");
    }

    [Test]
    public void Operations_MemoryThatOverlapsAtAnotherPlace_IsRefusedByName()
    {
        T[] memory = new T[5];
        const string Same = "so they must be the same memory or share none.";
        Refusal(() => ElementwiseOperations.Scale<T>(memory.AsSpan(0, 4), Two, memory.AsSpan(1, 4))).ShouldBe($"y is written while x is read, {Same}");
        Refusal(() => ElementwiseOperations.AddScaled<T>(memory.AsSpan(1, 4), Two, memory.AsSpan(0, 4))).ShouldBe($"y is written while x is read, {Same}");
        Refusal(() => ElementwiseOperations.Multiply<T>(memory.AsSpan(0, 4), new T[4], memory.AsSpan(1, 4))).ShouldBe($"z is written while x is read, {Same}");
        Refusal(() => ElementwiseOperations.Multiply<T>(new T[4], memory.AsSpan(0, 4), memory.AsSpan(1, 4))).ShouldBe($"z is written while y is read, {Same}");
    }

    private static string Refusal(Action action) => Should.Throw<ArgumentException>(action).Message;

    // Sixteenths, so that the sums and products are exact.
    private static T[] Numbers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked(random.Next(-64, 65) / 16.0))];
    }
}
