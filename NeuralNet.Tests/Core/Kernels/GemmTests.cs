using System.Numerics;
using NeuralNet.Core.Kernels;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>The project's own matrix product, for every vector width, against sums in twice the precision.</summary>
[TestFixture(typeof(float), VectorWidth.Bits128)]
[TestFixture(typeof(float), VectorWidth.Bits256)]
[TestFixture(typeof(float), VectorWidth.Bits512)]
[TestFixture(typeof(double), VectorWidth.Bits128)]
[TestFixture(typeof(double), VectorWidth.Bits256)]
[TestFixture(typeof(double), VectorWidth.Bits512)]
internal sealed class GemmTests<T>(VectorWidth width) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly (Transpose A, Transpose B)[] Transposes =
    [
        (Transpose.No, Transpose.No), (Transpose.No, Transpose.Yes), (Transpose.Yes, Transpose.No), (Transpose.Yes, Transpose.Yes),
    ];

    private WorkerPool _pool = null!;
    private SimdProvider _provider = null!;

    [OneTimeSetUp]
    public void MakeProvider()
    {
        if (width > Processor.WidestVector)
        {
            Assert.Ignore($"This CPU, or its settings, have no {(int)width}-bit vectors.");
        }

        _pool = new WorkerPool(2);
        _provider = new SimdProvider(width, _pool);
    }

    [OneTimeTearDown]
    public void EndPool() => _pool?.Dispose();

    [Test]
    public void Multiply_EverySizeFrom0To70InEachDimension_AgreesWithExactSums([Range(0, 70)] int size)
    {
        var random = new Random(size);
        int other = random.Next(1, 71), another = random.Next(1, 71);
        foreach ((Transpose ta, Transpose tb) in Transposes)
        {
            foreach ((double alpha, double beta) in (ReadOnlySpan<(double, double)>)[(1, 0), (1, 1), (0, 1), (-0.5, 2), (0, 0)])
            {
                Check(new RandomProduct<T>(ta, tb, size, other, another, alpha, beta));
                Check(new RandomProduct<T>(ta, tb, other, size, another, alpha, beta));
                Check(new RandomProduct<T>(ta, tb, other, another, size, alpha, beta));
            }
        }
    }

    [TestCase(1, 1, 2000)]
    [TestCase(1, 300, 784)]
    [TestCase(300, 1, 784)]
    [TestCase(784, 256, 1)]
    [TestCase(128, 10, 256)]
    [TestCase(33, 13, 1200)]
    [TestCase(200, 130, 500)]
    [TestCase(5000, 5, 7)]
    [TestCase(7, 5000, 3)]
    [TestCase(64, 64, 769)]
    [TestCase(140, 560, 1100)] // Both factors packed, in several panels and depths.
    public void Multiply_ThinAndLargeSizes_AgreesWithExactSums(int rows, int columns, int inner)
    {
        foreach ((Transpose ta, Transpose tb) in Transposes)
        {
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 0));
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, 1.5, 1));
        }
    }

    [TestCase(40, 30, 50)]
    [TestCase(4, 3, 5)]
    [TestCase(1, 1, 1)]
    [TestCase(1, 20, 30)]
    public void Multiply_Slices_ReadsAndWritesOnlyInsideThem(int rows, int columns, int inner)
    {
        foreach ((Transpose ta, Transpose tb) in Transposes)
        {
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 0, gap: 3));
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 1, gap: 1));
        }
    }

    [TestCase(50, 40, 30)]
    [TestCase(3, 2, 4)]
    [TestCase(1, 40, 60)]
    [TestCase(60, 1, 40)]
    [TestCase(60, 40, 1)]
    public void Multiply_BetaIsZero_DoesNotReadTheResult(int rows, int columns, int inner)
    {
        foreach ((Transpose ta, Transpose tb) in Transposes)
        {
            var product = new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 0);
            product.C.AsSpan().Fill(T.NaN);
            product.Run(_provider);
            product.C.All(T.IsFinite).ShouldBeTrue();
        }
    }

    [TestCase(50, 40, 30)]
    [TestCase(3, 2, 4)]
    [TestCase(1, 40, 60)]
    [TestCase(60, 1, 40)]
    [TestCase(60, 40, 1)]
    [TestCase(33, 13, 1200)]
    [TestCase(20, 10, 0)]
    public void Multiply_WithABias_AddsItToEachRow(int rows, int columns, int inner)
    {
        foreach ((Transpose ta, Transpose tb) in Transposes)
        {
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 0, bias: true));
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, -0.5, 2, bias: true));
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 1, gap: 2, bias: true));
            Check(new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 0, gap: 2, bias: true));
            var unread = new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 0, bias: true);
            unread.C.AsSpan().Fill(T.NaN);
            unread.Run(_provider);
            unread.C.All(T.IsFinite).ShouldBeTrue();
        }
    }

    [TestCase(50, 40, 30)]
    [TestCase(3, 2, 4)]
    [TestCase(1, 40, 60)]
    [TestCase(60, 1, 40)]
    public void Multiply_NaNAndInfinityInAFactor_ReachTheirRowAndColumnAlone(int rows, int columns, int inner)
    {
        foreach ((Transpose ta, Transpose tb) in Transposes)
        {
            var product = new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 0);
            product.SetA(0, inner - 1, T.NaN);
            product.SetB(inner - 1, columns - 1, T.PositiveInfinity);
            product.Run(_provider);
            for (int j = 0; j < columns; j++)
            {
                for (int i = 0; i < rows; i++)
                {
                    T value = product.C[i + (j * product.StrideC)];
                    bool expected = i == 0 ? T.IsNaN(value) : j == columns - 1 ? T.IsInfinity(value) : T.IsFinite(value);
                    expected.ShouldBeTrue($"C[{i}, {j}] is {value}");
                }
            }
        }
    }

    [TestCase(512, 300, 400)]
    [TestCase(64, 100, 1000)]
    [TestCase(128, 10, 256)]
    [TestCase(1, 256, 784)]
    [TestCase(4100, 20, 20)]
    [TestCase(140, 560, 1100)]
    public void Multiply_AnyNumberOfThreads_GivesTheSameBits(int rows, int columns, int inner)
    {
        foreach ((Transpose ta, Transpose tb) in Transposes)
        {
            T[]? first = null;
            foreach (int threads in (ReadOnlySpan<int>)[1, 2, 3, 8])
            {
                using var pool = new WorkerPool(threads);
                var product = new RandomProduct<T>(ta, tb, rows, columns, inner, 1, 1);
                product.Run(new SimdProvider(width, pool));
                first ??= product.C;
                product.C.AsSpan().SequenceEqual(first).ShouldBeTrue($"{threads} threads");
            }
        }
    }

    [Test]
    public void Multiply_SteadyState_AllocatesNothing()
    {
        var large = new RandomProduct<T>(Transpose.Yes, Transpose.No, 200, 100, 300, 1, 0);
        var small = new RandomProduct<T>(Transpose.No, Transpose.Yes, 5, 4, 3, 1, 0);
        Allocation.OfProcess(() =>
        {
            large.Run(_provider);
            small.Run(_provider);
        }).ShouldBe(0);
    }

    [Test]
    public void Multiply_SeveralCallersAtOnce_EachGetsItsOwnResult()
    {
        var reference = new RandomProduct<T>(Transpose.No, Transpose.No, 150, 120, 90, 1, 0);
        reference.Run(_provider);
        bool[] equal = new bool[8];
        Thread[] threads = [.. Enumerable.Range(0, equal.Length).Select(index => new Thread(() =>
        {
            var product = new RandomProduct<T>(Transpose.No, Transpose.No, 150, 120, 90, 1, 0);
            equal[index] = true;
            for (int run = 0; run < 30; run++)
            {
                product.Run(_provider);
                equal[index] &= product.C.AsSpan().SequenceEqual(reference.C);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        equal.ShouldAllBe(isEqual => isEqual);
    }

    private void Check(RandomProduct<T> product)
    {
        double[] expected = product.Expected(out double[] bounds);
        T[] before = [.. product.C];
        product.Run(_provider);
        product.ShouldBeWithin(expected, bounds);
        product.ShouldKeepGaps(before);
    }
}
