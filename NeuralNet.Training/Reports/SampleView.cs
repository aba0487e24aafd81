using System.Globalization;
using System.Numerics;
using NeuralNet.Core.Shapes;
using NeuralNet.Training.Data;

namespace NeuralNet.Training.Reports;

/// <summary>Shows the samples of a data set: as images, or as rows of a table.</summary>
internal sealed class SampleView<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxSide = 84;
    private const int MaxFeatures = 12;

    private readonly DataSet<T> _data;
    private readonly SampleShape _shape;
    private readonly double _low;
    private readonly double _high = 1;

    /// <summary>A view of a data set.</summary>
    /// <param name="data">The data.</param>
    /// <param name="shape">What a sample consists of.</param>
    public SampleView(DataSet<T> data, SampleShape shape)
    {
        (_data, _shape) = (data, shape);
        if (!AreImages)
        {
            return;
        }

        // Pixels from 0 to 1 are shown as they are; scaled ones from the darkest to the brightest of all.
        (double low, double high) = (0, 1);
        foreach (T value in data.Samples)
        {
            if (T.IsFinite(value))
            {
                (low, high) = (Math.Min(low, double.CreateTruncating(value)), Math.Max(high, double.CreateTruncating(value)));
            }
        }

        (_low, _high) = (low, high);
    }

    /// <summary>Whether samples are shown as images.</summary>
    public bool AreImages => PixelGrid.CanShow(_shape);

    /// <summary>The name of a class.</summary>
    public string ClassName(int label) => label < 0 ? "none" : label < _data.ClassNames.Count ? _data.ClassNames[label] : label.ToString(CultureInfo.InvariantCulture);

    /// <summary>The image of a sample.</summary>
    public void WriteImage(HtmlWriter html, int sample, string label) => html.Empty(
        "img", ("src", PixelGrid.Of(_shape, _data.Sample(sample), MaxSide).ToPicture(_low, _high)), ("alt", label), ("width", "84"), ("height", "84"), ("class", "pixels"));

    /// <summary>The heads of the columns of a table, where samples are rows of it.</summary>
    public void WriteHeads(HtmlWriter html)
    {
        for (int feature = 0; feature < Math.Min(_data.Features, MaxFeatures); feature++)
        {
            html.Element("th", feature < _data.FeatureNames.Count ? _data.FeatureNames[feature] : $"x{feature}", ("scope", "col"));
        }
    }

    /// <summary>A sample's cells.</summary>
    public void WriteCells(HtmlWriter html, int sample)
    {
        foreach (T value in _data.Sample(sample)[..Math.Min(_data.Features, MaxFeatures)])
        {
            html.Element("td", ReportNumber.Of(double.CreateTruncating(value)));
        }
    }

    /// <summary>That a table has not all values, where it has not.</summary>
    public void WriteRest(HtmlWriter html)
    {
        if (_data.Features > MaxFeatures)
        {
            html.Paragraph($"The first {MaxFeatures} of {ReportNumber.Of(_data.Features)} values of a sample are shown.");
        }
    }
}
