using NeuralNet.Core;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Images;

namespace NeuralNet.Examples.Spirals;

/// <summary>The regions of the plane that classifiers assign to the classes, side by side, with the points on them.</summary>
internal static class BoundaryPicture
{
    /// <summary>Pixels of a side of one classifier's square.</summary>
    public const int Side = 400;

    /// <summary>The square reaches from minus this to this in both directions; the points have radii up to 1.</summary>
    public const double Reach = 1.2;

    private const int Gap = 10;
    private const double Dot = 4;

    // Red, green and blue of a region and of the points of its class; the same for all classes in brightness as far as may be.
    private static readonly (byte R, byte G, byte B)[] Regions = [(250, 205, 195), (200, 225, 250), (225, 235, 180)];
    private static readonly (byte R, byte G, byte B)[] Dots = [(200, 50, 30), (30, 100, 190), (110, 130, 0)];

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="data">The points.</param>
    /// <param name="classifiers">The classifiers, from left to right.</param>
    public static void Write(string path, DataSet<double> data, params IReadOnlyList<Classifier> classifiers)
    {
        int width = (classifiers.Count * (Side + Gap)) - Gap;
        var pixels = new byte[width * Side * 3];
        pixels.AsSpan().Fill(byte.MaxValue);
        Matrix<double> grid = Grid();
        for (int i = 0; i < classifiers.Count; i++)
        {
            Draw(pixels, width, i * (Side + Gap), classifiers[i].Classify(grid), data);
        }

        PngImage.Write(path, width, Side, pixels);
    }

    // The middles of the pixels, row by row from the top left, which is (−reach, reach).
    private static Matrix<double> Grid()
    {
        Matrix<double> grid = Matrices.Zeros<double>(Side * Side, 2);
        for (int pixel = 0; pixel < grid.RowCount; pixel++)
        {
            (int y, int x) = Math.DivRem(pixel, Side);
            grid[pixel, 0] = Reach * ((2 * (x + 0.5) / Side) - 1);
            grid[pixel, 1] = -Reach * ((2 * (y + 0.5) / Side) - 1);
        }

        return grid;
    }

    private static void Draw(byte[] pixels, int width, int left, int[] regions, DataSet<double> data)
    {
        for (int pixel = 0; pixel < regions.Length; pixel++)
        {
            (int y, int x) = Math.DivRem(pixel, Side);
            Set(pixels, (y * width) + left + x, Regions[regions[pixel]]);
        }

        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<double> point = data.Sample(i);
            DrawDot(pixels, width, left, ((point[0] / Reach) + 1) * Side / 2, (1 - (point[1] / Reach)) * Side / 2, Dots[data.Labels[i]]);
        }
    }

    // A disc with a white rim. No point is nearer to the edge than its radius, since radii end at 1.
    private static void DrawDot(byte[] pixels, int width, int left, double centreX, double centreY, (byte R, byte G, byte B) color)
    {
        for (int y = (int)(centreY - Dot); y <= centreY + Dot; y++)
        {
            for (int x = (int)(centreX - Dot); x <= centreX + Dot; x++)
            {
                double distance = Math.Sqrt(Math.Pow(x + 0.5 - centreX, 2) + Math.Pow(y + 0.5 - centreY, 2));
                if (distance <= Dot)
                {
                    Set(pixels, (y * width) + left + x, distance <= Dot - 1 ? color : (byte.MaxValue, byte.MaxValue, byte.MaxValue));
                }
            }
        }
    }

    private static void Set(byte[] pixels, int pixel, (byte R, byte G, byte B) color) =>
        (pixels[3 * pixel], pixels[(3 * pixel) + 1], pixels[(3 * pixel) + 2]) = color;
}
