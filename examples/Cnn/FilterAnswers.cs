using System.Globalization;
using NeuralNet.Examples.Mnist;
using NeuralNet.Training.Data;

namespace NeuralNet.Examples.Cnn;

/// <summary>What the filters of the first convolution answer to: for each the digit whose images move it most, and the places of images that move it most of all.</summary>
internal sealed class FilterAnswers
{
    /// <summary>Places shown for each filter.</summary>
    public const int Places = 6;

    private readonly DataSet<float> _data;
    private readonly DigitNetwork _network;

    /// <summary>The answers to a data set's first images.</summary>
    public FilterAnswers(DigitNetwork network, DataSet<float> data)
    {
        (_network, _data) = (network, data);
        const int Images = 500;
        int count = Math.Min(Images, data.Count), positions = Canvas.Side * Canvas.Side;
        Matrix<float> images = Matrix<float>.Build.Dense(count, data.Features, (i, j) => data.Sample(i)[j]);
        Answers = network.First.Forward(images);
        Strongest = [.. Enumerable.Range(0, DigitNetwork.Filters).Select(filter => StrongestOf(filter, count, positions))];
        Digits = [.. Enumerable.Range(0, DigitNetwork.Filters).Select(filter => DigitOf(filter, count, positions))];
    }

    /// <summary>What the first convolution gave for the images.</summary>
    public Matrix<float> Answers { get; }

    /// <summary>For each filter the images and positions of the strongest answers, one an image.</summary>
    public IReadOnlyList<(int Image, int Position)[]> Strongest { get; }

    /// <summary>For each filter the digit that it answers to most, on average over images and positions.</summary>
    public IReadOnlyList<int> Digits { get; }

    /// <summary>The weight of a filter at a place of its window.</summary>
    public float Weight(int filter, int y, int x) => _network.First.Weight.Value[(y * DigitNetwork.Kernel) + x, filter];

    /// <summary>The ink at a place of the window around a position of an image, 0 outside of the image.</summary>
    public float Ink(int image, int position, int y, int x)
    {
        int row = (position / Canvas.Side) + y - (DigitNetwork.Kernel / 2), column = (position % Canvas.Side) + x - (DigitNetwork.Kernel / 2);
        return row is >= 0 and < Canvas.Side && column is >= 0 and < Canvas.Side ? _data.Sample(image)[(row * Canvas.Side) + column] : 0;
    }

    /// <summary>Prints the filters, four beside each other: dark signs are weights below zero, light ones above.</summary>
    public void Print(TextWriter output)
    {
        const int Beside = 4;
        const string Signs = "█▓▒░ ·+*#";
        float largest = _network.First.Weight.Value.Enumerate().Max(Math.Abs);
        for (int first = 0; first < DigitNetwork.Filters; first += Beside)
        {
            int[] filters = [.. Enumerable.Range(first, Beside)];
            output.WriteLine(string.Join("   ", filters.Select(filter => string.Create(CultureInfo.InvariantCulture, $"{filter,2}: most to {Digits[filter]}"))));
            for (int y = 0; y < DigitNetwork.Kernel; y++)
            {
                output.WriteLine(string.Join("   ", filters.Select(filter => string.Concat(Enumerable.Range(0, DigitNetwork.Kernel).Select(x =>
                {
                    int sign = (int)Math.Round((1 + (Weight(filter, y, x) / largest)) / 2 * (Signs.Length - 1));
                    return new string(Signs[sign], 2);
                })).PadRight(13))));
            }
        }
    }

    private (int Image, int Position)[] StrongestOf(int filter, int count, int positions) =>
        [.. Enumerable.Range(0, count)
            .Select(image => (Image: image, Position: Enumerable.Range(0, positions).MaxBy(p => Answers[image, (filter * positions) + p])))
            .OrderByDescending(place => Answers[place.Image, (filter * positions) + place.Position])
            .Take(Places)];

    private int DigitOf(int filter, int count, int positions)
    {
        var sums = new double[_data.Classes];
        var counts = new int[_data.Classes];
        for (int image = 0; image < count; image++)
        {
            int digit = _data.Labels[image];
            counts[digit]++;
            for (int p = 0; p < positions; p++)
            {
                sums[digit] += Math.Max(0, Answers[image, (filter * positions) + p]);
            }
        }

        return Enumerable.Range(0, sums.Length).MaxBy(digit => counts[digit] == 0 ? 0 : sums[digit] / counts[digit]);
    }
}
