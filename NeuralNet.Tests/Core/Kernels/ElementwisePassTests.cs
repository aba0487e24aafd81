using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Kernels;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ElementwisePassTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Below a vector, with and without a rest, and above the size from which threads share the work. Expected: the formula, number by number, in double.
    [TestCase(0)]
    [TestCase(3)]
    [TestCase(16)]
    [TestCase(61)]
    [TestCase(70_001)]
    public void Run_FourArraysAndThreeFactors_AgreesWithTheFormula(int length)
    {
        T[] theta = Numbers(length, 1), m = Numbers(length, 2), v = Numbers(length, 3), g = Numbers(length, 4);
        T[][] before = [[.. theta], [.. m], [.. v], [.. g]];
        ElementwisePass<T, FourArrays<T>>.Run(new(Of(0.9), Of(0.99), Of(-0.1)), g, theta, m, v);
        g.ShouldBe(before[3]);
        for (int i = 0; i < length; i++)
        {
            double gradient = At(before[3], i);
            double first = (0.9 * At(before[1], i)) + gradient, second = (0.99 * At(before[2], i)) + (gradient * gradient);
            At(m, i).ShouldBe(first, 1e-6);
            At(v, i).ShouldBe(second, 1e-6);
            At(theta, i).ShouldBe(At(before[0], i) - (0.1 * first * second), 1e-6);
        }
    }

    [Test]
    public void Run_FourArrays_AllocatesNothing()
    {
        T[] theta = Numbers(70_001, 1), m = Numbers(70_001, 2), v = Numbers(70_001, 3), g = Numbers(70_001, 4);
        Allocation.OfThread(() => ElementwisePass<T, FourArrays<T>>.Run(new(Of(0.9), Of(0.99), Of(-0.1)), g, theta, m, v)).ShouldBe(0);
    }

    [Test]
    public void Run_AnotherLengthOrNumberOfArrays_IsRefused()
    {
        Should.Throw<ArgumentException>(() => ElementwisePass<T, ScaleBy<T>>.Run(new(T.One), new T[4], new T[3])).Message.ShouldContain("got 3 and 4");
        Should.Throw<InvalidOperationException>(() => ElementwisePass<T, FourArrays<T>>.Run(default, new T[3], new T[3]))
            .Message.ShouldContain("reads 1 arrays and writes 3 others, given are 1 and 1");
    }

    private static T Of(double value) => T.CreateTruncating(value);

    private static double At(T[] numbers, int i) => double.CreateTruncating(numbers[i]);

    private static T[] Numbers(int length, int seed)
    {
        var numbers = new T[length];
        Some.Numbers<T>(numbers, new Random(seed));
        return numbers;
    }
}
