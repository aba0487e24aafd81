using System.Numerics;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Reports;

/// <summary>The numbers of an image, pixel by pixel, and the pictures that can be made of them.</summary>
internal sealed class PixelGrid
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly double[] _values;

    private PixelGrid(int height, int width, int channels, double[] values) => (_height, _width, _channels, _values) = (height, width, channels, values);

    /// <summary>Whether samples of a shape can be shown: images of one channel or three.</summary>
    public static bool CanShow(SampleShape shape) => shape is { Rank: 2, Channels: 1 or 3, Positions: > 1 };

    /// <summary>The numbers of a sample; where it has more than so many rows or columns, means of blocks of pixels.</summary>
    /// <param name="shape">The shape of the sample, one that <see cref="CanShow"/>.</param>
    /// <param name="sample">The sample, channel after channel.</param>
    /// <param name="maxSide">Rows and columns that the picture may have.</param>
    public static PixelGrid Of<T>(SampleShape shape, ReadOnlySpan<T> sample, int maxSide) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int block = (Math.Max(shape.Height, shape.Width) + maxSide - 1) / maxSide;
        int height = (shape.Height + block - 1) / block, width = (shape.Width + block - 1) / block;
        var values = new double[height * width * shape.Channels];
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            for (int pixel = 0; pixel < height * width; pixel++)
            {
                (int top, int left) = (pixel / width * block, pixel % width * block);
                (double sum, int count) = (0, 0);
                for (int y = top; y < Math.Min(top + block, shape.Height); y++)
                {
                    for (int x = left; x < Math.Min(left + block, shape.Width); x++, count++)
                    {
                        sum += double.CreateTruncating(sample[(channel * shape.Positions) + (y * shape.Width) + x]);
                    }
                }

                values[(pixel * shape.Channels) + channel] = sum / count;
            }
        }

        return new PixelGrid(height, width, shape.Channels, values);
    }

    /// <summary>The image itself, in grey or colours.</summary>
    /// <param name="low">What is black.</param>
    /// <param name="high">What is white, or a channel's full colour.</param>
    public string ToPicture(double low, double high)
    {
        byte[] pixels = [.. _values.Select(value => Byte((value - low) / Math.Max(high - low, double.Epsilon)))];
        return PngData.Uri(pixels, _height, _width, _channels);
    }

    /// <summary>Signed numbers: of one channel blue below 0, white at 0 and red above; of three, colours around grey.</summary>
    /// <param name="limit">What has the full colour.</param>
    public string ToSignedPicture(double limit)
    {
        if (_channels > 1)
        {
            return ToPicture(-limit, limit);
        }

        const int Channels = 3;
        var pixels = new byte[_values.Length * Channels];
        for (int i = 0; i < _values.Length; i++)
        {
            double share = limit > 0 && double.IsFinite(_values[i]) ? Math.Clamp(_values[i] / limit, -1, 1) : 0;
            (double red, double green, double blue) full = share < 0 ? (0.02, 0.32, 0.60) : (0.74, 0.16, 0.08);
            double size = Math.Abs(share);
            pixels[Channels * i] = Byte(1 + (size * (full.red - 1)));
            pixels[(Channels * i) + 1] = Byte(1 + (size * (full.green - 1)));
            pixels[(Channels * i) + 2] = Byte(1 + (size * (full.blue - 1)));
        }

        return PngData.Uri(pixels, _height, _width, Channels);
    }

    private static byte Byte(double share) => (byte)Math.Round(255 * (double.IsNaN(share) ? 0.5 : Math.Clamp(share, 0, 1)));
}
