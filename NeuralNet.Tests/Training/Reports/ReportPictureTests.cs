using System.Xml.Linq;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>The pictures in a report, pixel by pixel.</summary>
internal sealed class ReportPictureTests
{
    // Two pixels side by side, black and white, which the network takes for class 1.
    [Test]
    public void ToHtml_GreyImage_IsAsTheDataHasIt()
    {
        Png picture = Mistake(SampleShape.Image(1, 1, 2), [0, 1]);

        (picture.Width, picture.Height).ShouldBe((2, 1));
        picture.Header.ShouldBe([8, 0, 0, 0, 0]);
        // zlib.crc32 of Python 3.11 on the type and the 13 bytes.
        picture.HeaderCrc.ShouldBe("D1492056");
        picture.Rows[0].ShouldBe([0, 255]);
    }

    // Channel after channel in a sample, pixel after pixel in a picture; 0.2 is byte 51.
    [Test]
    public void ToHtml_ColoredImage_HasItsChannelsSideBySide()
    {
        Png picture = Mistake(SampleShape.Image(3, 2, 1), [1, 0, 0.2, 0, 0, 1]);

        (picture.Width, picture.Height, picture.Header[1]).ShouldBe((1, 2, (byte)2));
        picture.Rows[0].ShouldBe([255, 51, 0]);
        picture.Rows[1].ShouldBe([0, 0, 255]);
    }

    // Scaled pixels from −1 to 3: 0 is a quarter, byte 64, and 1 a half, byte 128.
    [Test]
    public void ToHtml_ScaledImage_IsFromItsDarkestToItsBrightest() =>
        Mistake(SampleShape.Image(1, 2, 2), [-1, 0, 1, 3]).Rows.SelectMany(row => row).ShouldBe([0, 64, 128, 255]);

    // 168 rows and columns are shrunk to 84: each pixel is the mean of four, here of 0, 0, 1 and 1.
    [Test]
    public void ToHtml_LargeImage_IsOfMeans()
    {
        Png picture = Mistake(SampleShape.Image(1, 168, 168), [.. Enumerable.Range(0, 168 * 168).Select(i => (double)(i % 2))]);

        (picture.Width, picture.Height).ShouldBe((84, 84));
        picture.Rows.SelectMany(row => row).ShouldAllBe(value => value == 128);
    }

    // White is 0, the largest weight the full red, its negative the full blue.
    [Test]
    public void ToHtml_Weights_DivergeFromWhite()
    {
        XElement page = Trained(Matrix<double>.Build.DenseOfArray(new double[,] { { 0.5, 0 }, { -0.5, 0 } }), SampleShape.Image(1, 1, 2), [0, 1]);

        Png[] units = [.. ReportExamples.Section(page, "first-layer").Descendants("img").Select(image => Png.Of(image.Attribute("src")!.Value))];
        units.Length.ShouldBe(2);
        units[0].Rows[0].ShouldBe([189, 41, 20, 5, 82, 153]);
        units[1].Rows[0].ShouldBe([255, 255, 255, 255, 255, 255]);
    }

    // Of −1, 0, 0 and 1 the 40 bins from −1 to 1 hold 1, 2 and 1 in the first, the one that begins at 0, and the last. On 48 rows a bin is 1.2 high, so the first
    // row from below has 1/1.2 = 5/6 and the second 1/6; rows 24 and 25 have 10/6 and 2/6. The opacity is 255·√(share of the largest, 10/6).
    [Test]
    public void ToHtml_HistogramOfValues_HasItsCountsAsOpacity()
    {
        XElement page = Trained(Matrix<double>.Build.DenseOfArray(new double[,] { { -1, 0 }, { 0, 1 } }), 2, [0, 1]);

        Png strip = Png.Of(ReportExamples.Section(page, "histograms").Descendants("image").First().Attribute("href")!.Value);
        (strip.Width, strip.Height, strip.Header[1]).ShouldBe((1, 48, (byte)6));
        var opacity = new byte[48];
        (opacity[0], opacity[1], opacity[24], opacity[25], opacity[46], opacity[47]) = (180, 81, 255, 114, 81, 180);
        strip.Rows.Select(row => row[3]).Reverse().ShouldBe(opacity);
        strip.Rows.ShouldAllBe(row => row[0] == 0 && row[1] == 114 && row[2] == 178);
    }

    // One sample of class 0 that is taken for class 1, as the bias of that is larger.
    private static Png Mistake(SampleShape shape, double[] sample) => Png.Of(ReportExamples.Section(
        Trained(Matrix<double>.Build.Dense(shape.Size, 2), shape, sample), "mistakes").Descendants("img").Single().Attribute("src")!.Value);

    private static XElement Trained(Matrix<double> weight, SampleShape shape, double[] sample)
    {
        var network = new Sequential<double>(new Linear<double>(weight, Matrix<double>.Build.Dense(1, 2, [0, 9])));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0));
        DataSet<double> data = new DataSet<double>(sample, [0], shape.Size, 2).WithShape(shape);
        trainer.Callbacks = [new ReportRecorder<double>()];
        trainer.Fit(data, epochs: 1);
        return ReportExamples.Page(TrainingReport.ToHtml(trainer, data));
    }
}
