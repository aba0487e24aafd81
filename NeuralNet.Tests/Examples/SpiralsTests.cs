using NeuralNet.Examples.Spirals;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Images;

namespace NeuralNet.Tests.Examples;

/// <summary>The figures are those of CS231n's case study: half of the points by lines, 98 % by two layers.</summary>
internal sealed class SpiralsTests
{
    [Test]
    public void Train_AnySeed_LinesAreRightForHalfOfThePointsAndTwoLayersForNearlyAll([Range(0, 9)] int seed)
    {
        DataSet<double> data = SpiralArms.Draw(seed);

        Classifier.Linear(seed).Train(data, steps: 1000).Accuracy.ShouldBeInRange(0.4, 0.6);
        Classifier.TwoLayers(seed).Train(data, steps: 1000).Accuracy.ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [Test]
    public void Draw_AnySeed_LiesOnThreeArms()
    {
        DataSet<double> data = SpiralArms.Draw(7);

        (data.Count, data.Features, data.Classes).ShouldBe((300, 2, 3));
        double sum = 0;
        for (int n = 0; n < 300; n++)
        {
            (int arm, int i) = (n / 100, n % 100);
            (double x, double y) = (data.Sample(n)[0], data.Sample(n)[1]);
            data.Labels[n].ShouldBe(arm);
            Math.Sqrt((x * x) + (y * y)).ShouldBe(i / 99.0, 1e-12);
            if (i > 0)
            {
                // What the angle is off, between −π and π: five standard deviations are 1.
                double off = Math.IEEERemainder(Math.Atan2(x, y) - (4 * arm) - (4 * i / 99.0), 2 * Math.PI);
                Math.Abs(off).ShouldBeLessThan(1);
                sum += off * off;
            }
        }

        // A variance of 0.04 with a standard error of 0.04·√(2/297) = 0.0033.
        (sum / 297).ShouldBe(0.04, 0.0135);
    }

    [Test]
    public void Run_WithAFile_DrawsBothClassifiersWithThePoints()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "spirals-test.png");
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Spirals", $"--seed 3 --out \"{file}\"");

        exitCode.ShouldBe(0, errors);
        lines.Length.ShouldBe(4);
        lines[1].ShouldMatch(@"^linear: loss 0\.\d{4}, accuracy 0\.[45]\d{3}$");
        lines[2].ShouldMatch(@"^two layers: loss 0\.\d{4}, accuracy (0\.9[89]\d\d|1\.0000)$");
        lines[3].ShouldContain(file);

        RasterImage picture = PngImage.Read(file);
        (picture.Width, picture.Height, picture.Channels).ShouldBe((810, 400, 3));
        foreach (int left in new[] { 0, 410 })
        {
            // Three regions, three colours of points, and their rims.
            Colors(picture, left).Count.ShouldBe(7);
        }

        Colors(picture, 400, width: 10).ShouldBe([(255, 255, 255)]);
        File.Delete(file);
    }

    [Test]
    public void Write_TwoLayers_EndsOfTheArmsLieInTheirRegions()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "spirals-regions.png");
        DataSet<double> data = SpiralArms.Draw(1);
        Classifier classifier = Classifier.TwoLayers(1);
        classifier.Train(data, steps: 1000);
        BoundaryPicture.Write(file, data, classifier);
        RasterImage picture = PngImage.Read(file);
        File.Delete(file);

        (int, int, int)[] dots = [(200, 50, 30), (30, 100, 190), (110, 130, 0)], regions = [(250, 205, 195), (200, 225, 250), (225, 235, 180)];
        for (int arm = 0; arm < 3; arm++)
        {
            // Outwards of the last point of an arm there is no other: the region shows. From −1.2 to 1.2 there are 400 pixels, and the second feature points up.
            double[] end = data.Sample((100 * arm) + 99).ToArray();
            PixelAt(end[0], end[1]).ShouldBe(dots[arm]);
            PixelAt(1.08 * end[0], 1.08 * end[1]).ShouldBe(regions[arm]);
        }

        (int, int, int) PixelAt(double x, double y) => Pixel(picture, (int)((x + 1.2) * 400 / 2.4), (int)((1.2 - y) * 400 / 2.4));
    }

    [Test]
    public void Run_TooFewSteps_SaysWhatWasMissedAndFails()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "spirals-missed.png");
        (int exitCode, _, string errors) = ExampleProgram.Run("Spirals", $"--steps 1 --out \"{file}\"");

        exitCode.ShouldBe(1);
        errors.ShouldContain("the accuracy of two layers should be from 0.98 to 1");
        errors.ShouldContain("after 1 steps");
        File.Delete(file);
    }

    [TestCase("--steps 0", "--steps must be 1 or more, got 0")]
    [TestCase("--seed x", "'x'")]
    [TestCase("--out /dev/null/a.png", "--out: '/dev/null/a.png' cannot be written")]
    [TestCase("--out \"\"", "--out")]
    [TestCase("--sed 1", "--sed")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, string part)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Spirals", arguments);

        exitCode.ShouldBe(1);
        errors.ShouldContain(part);
        errors.ShouldNotContain("   at ");
    }

    private static HashSet<(int, int, int)> Colors(RasterImage picture, int left, int width = 400)
    {
        var colors = new HashSet<(int, int, int)>();
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                colors.Add(Pixel(picture, x, y));
            }
        }

        return colors;
    }

    private static (int, int, int) Pixel(RasterImage picture, int x, int y)
    {
        int at = 3 * ((y * picture.Width) + x);
        return (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]);
    }
}
