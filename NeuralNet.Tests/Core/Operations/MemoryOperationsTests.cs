using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Comparing, reading and writing of memories against plain loops, and what is refused.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class MemoryOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Epsilon = 1e-3;

    private static double Tolerance => typeof(T) == typeof(float) ? 2e-5 : 1e-13;

    [Test]
    public void Similarity_AnyShape_IsTheCosineWithTheGuard([Values(1, 3, 16, 37)] int samples, [Values(1, 5, 128)] int locations, [Values(1, 6, 20)] int width)
    {
        Matrix<T> memory = Some.Matrix<T>(samples, locations * width), key = Some.Matrix<T>(samples, width, 2), similarity = Some.Matrix<T>(samples, locations, 3);
        MemoryOperations.Similarity(memory, key, T.CreateChecked(Epsilon), similarity);
        for (int n = 0; n < samples; n++)
        {
            double[] k = [.. Enumerable.Range(0, width).Select(j => At(key, n, j))];
            for (int i = 0; i < locations; i++)
            {
                double[] u = [.. Enumerable.Range(0, width).Select(j => At(memory, n, (i * width) + j))];
                double expected = u.Zip(k, (a, b) => a * b).Sum() / Math.Sqrt((u.Sum(a => a * a) + Epsilon) * (k.Sum(b => b * b) + Epsilon));
                At(similarity, n, i).ShouldBe(expected, Tolerance);
            }
        }
    }

    [Test]
    public void Read_AnyShape_IsTheSumByTheWeighting([Values(1, 3, 16, 37)] int samples, [Values(1, 5, 128)] int locations, [Values(1, 6, 20)] int width)
    {
        Matrix<T> memory = Some.Matrix<T>(samples, locations * width), weights = Some.Matrix<T>(samples, locations, 2), read = Some.Matrix<T>(samples, width, 3);
        MemoryOperations.Read(memory, weights, read);
        for (int n = 0; n < samples; n++)
        {
            for (int j = 0; j < width; j++)
            {
                At(read, n, j).ShouldBe(Enumerable.Range(0, locations).Sum(i => At(weights, n, i) * At(memory, n, (i * width) + j)), Tolerance * 10);
            }
        }
    }

    [Test]
    public void WriteAndItsGradients_AnyShape_AreThoseOfALoop([Values(1, 3, 16, 37)] int samples, [Values(1, 5, 128)] int locations, [Values(1, 6, 20)] int width)
    {
        Matrix<T> memory = Some.Matrix<T>(samples, locations * width), weights = Some.Matrix<T>(samples, locations, 2), erase = Some.Matrix<T>(samples, width, 3);
        Matrix<T> add = Some.Matrix<T>(samples, width, 4), g = Some.Matrix<T>(samples, locations * width, 5), written = memory.Clone();
        Matrix<T> dm = memory.Clone(), dw = weights.Clone(), de = erase.Clone(), da = add.Clone();
        MemoryOperations.Write(memory, weights, erase, add, written);
        MemoryOperations.WriteBackward(g, memory, weights, erase, add, dm, dw, de, da);
        for (int n = 0; n < samples; n++)
        {
            double[] ofErase = new double[width], ofAdd = new double[width];
            for (int i = 0; i < locations; i++)
            {
                double w = At(weights, n, i), ofWeight = 0;
                for (int j = 0; j < width; j++)
                {
                    double m = At(memory, n, (i * width) + j), e = At(erase, n, j), a = At(add, n, j), upstream = At(g, n, (i * width) + j);
                    At(written, n, (i * width) + j).ShouldBe((m * (1 - (w * e))) + (w * a), Tolerance);
                    At(dm, n, (i * width) + j).ShouldBe(upstream * (1 - (w * e)), Tolerance);
                    ofWeight += upstream * (a - (m * e));
                    ofErase[j] -= upstream * m * w;
                    ofAdd[j] += upstream * w;
                }

                At(dw, n, i).ShouldBe(ofWeight, Tolerance * 10);
            }

            for (int j = 0; j < width; j++)
            {
                At(de, n, j).ShouldBe(ofErase[j], Tolerance * 10);
                At(da, n, j).ShouldBe(ofAdd[j], Tolerance * 10);
            }
        }
    }

    [Test]
    public void WriteBackward_IntoTheUpstream_GivesTheSame()
    {
        Matrix<T> memory = Some.Matrix<T>(19, 12), weights = Some.Matrix<T>(19, 4, 2), erase = Some.Matrix<T>(19, 3, 3), add = Some.Matrix<T>(19, 3, 4), g = Some.Matrix<T>(19, 12, 5);
        Matrix<T> dm = memory.Clone(), dw = weights.Clone(), de = erase.Clone(), da = add.Clone(), again = dw.Clone();
        MemoryOperations.WriteBackward(g, memory, weights, erase, add, dm, dw, de, da);
        MemoryOperations.WriteBackward(g, memory, weights, erase, add, g, again, de, da);
        g.ShouldBe(dm);
        again.ShouldBe(dw);
    }

    [Test]
    public void Backward_ThatAdds_AddsWhatTheOtherWrites()
    {
        Matrix<T> memory = Some.Matrix<T>(5, 12), key = Some.Matrix<T>(5, 3, 2), weights = Some.Matrix<T>(5, 4, 3), dm = Some.Matrix<T>(5, 12, 4), before = dm.Clone(), alone = dm.Clone();
        MemoryOperations.ReadBackward(key, memory, weights, dm, adds: true, null);
        MemoryOperations.ReadBackward(key, memory, weights, alone, adds: false, null);
        ShouldAgree(dm, before + alone);
        before = dm.Clone();
        MemoryOperations.SimilarityBackward(weights, memory, key, T.CreateChecked(Epsilon), dm, adds: true, null);
        MemoryOperations.SimilarityBackward(weights, memory, key, T.CreateChecked(Epsilon), alone, adds: false, null);
        ShouldAgree(dm, before + alone);
    }

    [Test]
    public void All_AnyNumberOfThreads_GiveTheSameBits()
    {
        const int Samples = 133, Locations = 31, Width = 7;
        Matrix<T> memory = Some.Matrix<T>(Samples, Locations * Width), key = Some.Matrix<T>(Samples, Width, 2), weights = Some.Matrix<T>(Samples, Locations, 3);
        int threads = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            T[] one = Run();
            ComputeThreads.Count = Environment.ProcessorCount;
            Run().ShouldBe(one);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }

        T[] Run()
        {
            Matrix<T> k = weights.Clone(), r = key.Clone(), m = memory.Clone(), dm = memory.Clone(), dk = key.Clone(), dw = weights.Clone(), de = key.Clone(), da = key.Clone();
            MemoryOperations.Similarity(memory, key, T.One, k);
            MemoryOperations.SimilarityBackward(weights, memory, key, T.One, dm, adds: false, dk);
            MemoryOperations.Read(memory, weights, r);
            MemoryOperations.ReadBackward(key, memory, weights, dm, adds: true, dw);
            MemoryOperations.Write(memory, weights, key, r, m);
            MemoryOperations.WriteBackward(dm, memory, weights, key, r, dm, dw, de, da);
            return [.. k.AsSpan(), .. r.AsSpan(), .. m.AsSpan(), .. dm.AsSpan(), .. dk.AsSpan(), .. dw.AsSpan(), .. de.AsSpan(), .. da.AsSpan()];
        }
    }

    [Test]
    public void Similarity_ShapesThatDoNotFit_AreNamed()
    {
        Matrix<T> memory = Matrices.Zeros<T>(2, 12), key = Matrices.Zeros<T>(2, 3);
        Should.Throw<ArgumentException>(() => MemoryOperations.Similarity(memory, key, T.One, Matrices.Zeros<T>(2, 5))).Message
            .ShouldStartWith("A memory [N×(R·W)] goes with similarity [N×R] and key [N×W]; got [2×12], [2×5] and [2×3].");
        Should.Throw<ArgumentException>(() => MemoryOperations.Similarity(memory, Matrices.Zeros<T>(3, 3), T.One, Matrices.Zeros<T>(2, 4))).Message.ShouldContain("[3×3]");
        Should.Throw<ArgumentException>(() => MemoryOperations.Read(memory, memory, key)).Message.ShouldContain("weights [N×R] and read [N×W]");
        Should.Throw<ArgumentException>(() => MemoryOperations.Read(memory, key, Matrices.Zeros<T>(2, 0))).Message.ShouldContain("[2×0]");
        Should.Throw<ArgumentException>(() => MemoryOperations.Write(memory, Matrices.Zeros<T>(2, 4), key, Matrices.Zeros<T>(2, 2), memory.Clone())).ParamName.ShouldBe("add");
        Should.Throw<ArgumentException>(() => MemoryOperations.ReadBackward(key, memory, Matrices.Zeros<T>(2, 4), Matrices.Zeros<T>(2, 11), false, null)).ParamName.ShouldBe("memoryGradient");
    }

    [Test]
    public void Results_InMemoryThatIsRead_AreRefused()
    {
        Matrix<T> memory = Matrices.Zeros<T>(2, 4), square = Matrices.Zeros<T>(2, 2), other = Matrices.Zeros<T>(2, 2);
        Should.Throw<ArgumentException>(() => MemoryOperations.Read(memory, square, square)).Message.ShouldContain("must not share memory");
        Should.Throw<ArgumentException>(() => MemoryOperations.Similarity(memory, square, T.One, square)).ParamName.ShouldBe("similarity");
        Should.Throw<ArgumentException>(() => MemoryOperations.Write(memory, square, other, other, memory)).ParamName.ShouldBe("written");
        Should.Throw<ArgumentException>(() => MemoryOperations.SimilarityBackward(square, memory, other, T.One, null, false, other)).ParamName.ShouldBe("keyGradient");
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Similarity_EpsilonThatIsNone_IsRefused(double epsilon) =>
        Should.Throw<ArgumentOutOfRangeException>(() => MemoryOperations.Similarity(
            Matrices.Zeros<T>(2, 4), Matrices.Zeros<T>(2, 2), T.CreateChecked(epsilon), Matrices.Zeros<T>(2, 2))).ParamName.ShouldBe("epsilon");

    private static double At(Matrix<T> matrix, int row, int column) => double.CreateChecked(matrix[row, column]);

    private static void ShouldAgree(Matrix<T> actual, Matrix<T> expected)
    {
        for (int i = 0; i < expected.AsSpan().Length; i++)
        {
            double.CreateChecked(actual.AsSpan()[i]).ShouldBe(double.CreateChecked(expected.AsSpan()[i]), Tolerance);
        }
    }
}
