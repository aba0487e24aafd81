using NeuralNet.Core.Initializers;

namespace NeuralNet.Tests.Core.Initializers;

internal sealed class OrthogonalTests
{
    [TestCase(1, 1, 1)]
    [TestCase(7, 7, 2.5)]
    [TestCase(40, 9, 1)]
    [TestCase(9, 40, 0.5)]
    [TestCase(1, 6, 3)]
    public void Weight_AnyShape_HasOrthonormalColumnsOrRowsTimesTheGain(int rows, int columns, double gain)
    {
        Matrix<double> weight = new Orthogonal(gain).Weight<double>(rows, columns, new Random(3));
        Matrix<double> product = rows >= columns ? weight.TransposeThisAndMultiply(weight) : weight.TransposeAndMultiply(weight);
        Matrix<double> expected = gain * gain * Matrix<double>.Build.DenseIdentity(Math.Min(rows, columns));
        (product - expected).Enumerate().Max(Math.Abs).ShouldBeLessThan(1e-13);
    }

    [Test]
    public void Weight_SameSeed_GivesTheSameBits()
    {
        Orthogonal orthogonal = new();
        orthogonal.Weight<float>(20, 30, new Random(1)).ShouldBe(orthogonal.Weight<float>(20, 30, new Random(1)));
        orthogonal.Weight<float>(20, 30, new Random(2)).ShouldNotBe(orthogonal.Weight<float>(20, 30, new Random(1)));
    }

    // All orthogonal matrices are equally likely, so an entry is positive as often as negative, and so is a determinant; a factorisation's own signs would have R negative.
    [Test]
    public void Weight_ManySeeds_HaveBothSignsEverywhere()
    {
        var positive = new int[2, 2];
        int determinants = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Matrix<double> weight = new Orthogonal().Weight<double>(2, 2, new Random(seed));
            weight.MapIndexedInplace((i, j, value) =>
            {
                positive[i, j] += value > 0 ? 1 : 0;
                return value;
            });
            determinants += weight.Determinant() > 0 ? 1 : 0;
        }

        // 200 ± 5 standard deviations of 10
        foreach (int count in (int[])[.. positive.Cast<int>(), determinants])
        {
            count.ShouldBeInRange(150, 250);
        }
    }

    // What is drawn after it does not depend on how it is made of them: a normal number for each entry.
    [TestCase(6, 4)]
    [TestCase(4, 6)]
    public void Weight_AnyShape_DrawsANumberForEachEntry(int rows, int columns)
    {
        Random own = new(5), other = new(5);
        new Orthogonal().Weight<double>(rows, columns, own);
        new Normal(1).Weight<double>(rows, columns, other);
        own.NextDouble().ShouldBe(other.NextDouble());
    }

    // The diagonal of QᵀA is that of R: positive.
    [Test]
    public void Weight_OfNormalNumbers_TurnsTheSignsOfTheFactorisation()
    {
        Matrix<double> normal = new Normal(1).Weight<double>(6, 4, new Random(5)), weight = new Orthogonal().Weight<double>(6, 4, new Random(5));
        Matrix<double> triangle = weight.TransposeThisAndMultiply(normal);
        for (int i = 0; i < 4; i++)
        {
            triangle[i, i].ShouldBeGreaterThan(0);
            for (int j = 0; j < i; j++)
            {
                triangle[i, j].ShouldBe(0, 1e-13);
            }
        }
    }

    [Test]
    public void Orthogonal_BadArguments_AreRefused()
    {
        foreach (double gain in (ReadOnlySpan<double>)[0, -1, double.NaN, double.PositiveInfinity])
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new Orthogonal(gain)).ParamName.ShouldBe("gain");
        }

        Should.Throw<ArgumentException>(() => new Orthogonal().Fill<float>(new float[7], 3, 2, new Random(1))).Message.ShouldContain("3 rows (fanIn) has a multiple of as many numbers, got 7");
        Should.Throw<ArgumentException>(() => new Orthogonal().Fill<float>(new float[7], 0, 2, new Random(1)));
        Should.Throw<ArgumentNullException>(() => new Orthogonal().Fill<float>(new float[6], 3, 2, null!));
        Should.NotThrow(() => new Orthogonal().Fill<float>([], 3, 0, new Random(1)));
    }
}
