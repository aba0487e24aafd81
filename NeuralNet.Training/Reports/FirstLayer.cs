using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Training.Reports;

/// <summary>The weights of the first layer as images, where it is a linear one and samples are images: what each of its units looks for.</summary>
internal static class FirstLayer
{
    private const int MaxUnits = 64;
    private const int MaxSide = 48;

    /// <summary>The weight of the first layer with parameters, where it is linear and takes samples of a shape that can be shown; otherwise nothing.</summary>
    public static Matrix<T>? WeightOf<T>(Gate<T> network, SampleShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Gate<T>? layer = network;
        while (layer is Sequential<T>)
        {
            layer = layer.Children.Select(child => child.Gate).FirstOrDefault(child => child.Parameters.Count > 0);
        }

        return layer is Linear<T> linear && PixelGrid.CanShow(shape) && linear.Weight.Value.RowCount == shape.Size ? linear.Weight.Value : null;
    }

    /// <summary>Writes the images, all on one scale.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="weight">W <c>[D×M]</c>, a column a unit.</param>
    /// <param name="shape">The shape of a sample, of size D.</param>
    public static void Write<T>(HtmlWriter html, Matrix<T> weight, SampleShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int units = Math.Min(weight.ColumnCount, MaxUnits);
        double limit = Limit(weight.AsSpan()[..(units * weight.RowCount)]);
        string shown = units < weight.ColumnCount ? $"The first {units} of {ReportNumber.Of(weight.ColumnCount)} units" : $"All {units} units";
        string colors = shape.Channels == 1
            ? $"blue is negative, white zero, red positive, in full colour from ±{ReportNumber.Of(limit)} on"
            : $"grey is zero, black and full colour ±{ReportNumber.Of(limit)}";
        html.Paragraph($"{shown} of the first layer, each with its weights at the place of the pixels that they weigh: {colors}.");
        using (html.In("ul", ("class", "units")))
        {
            for (int unit = 0; unit < units; unit++)
            {
                ReadOnlySpan<T> column = weight.AsSpan().Slice(unit * weight.RowCount, weight.RowCount);
                using (html.In("li"))
                {
                    html.Empty(
                        "img", ("src", PixelGrid.Of(shape, column, MaxSide).ToSignedPicture(limit)), ("alt", $"Weights of unit {unit}"), ("title", $"unit {unit}"), ("class", "pixels"));
                }
            }
        }
    }

    // The largest but one in two hundred, so that a single weight does not make the others pale.
    private static double Limit<T>(ReadOnlySpan<T> weights) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sizes = new double[weights.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = double.IsFinite(double.CreateTruncating(weights[i])) ? Math.Abs(double.CreateTruncating(weights[i])) : 0;
        }

        Array.Sort(sizes);
        return sizes[sizes.Length - 1 - (sizes.Length / 200)] is > 0 and double limit ? limit : sizes[^1];
    }
}
