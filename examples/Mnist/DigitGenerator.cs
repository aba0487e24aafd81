using System.Numerics;
using NeuralNet.Training.Data;

namespace NeuralNet.Examples.Mnist;

/// <summary>
/// Draws handwritten-looking digits in the form of MNIST: 28×28 pixels, 0 is paper, 255 is ink. Each differs in style, size, width, slant,
/// rotation, place, thickness, how steady the hand is, and noise. The same seed gives the same digits.
/// </summary>
internal sealed class DigitGenerator(int seed)
{
    private const int Side = Canvas.Side;
    private const int Pixels = Side * Side;
    private const int Classes = 10;

    private readonly Random _random = new(seed);
    private readonly Canvas _canvas = new();
    private readonly byte[] _noise = new byte[Pixels];

    /// <summary>Draws <paramref name="count"/> digits, 0 to 9 in turn, as a data set of 784 features from 0 to 1.</summary>
    public DataSet<float> Generate(int count)
    {
        var pixels = new byte[count * Pixels];
        var labels = new byte[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % Classes);
            Draw(labels[i], pixels.AsSpan(i * Pixels, Pixels));
        }

        return DataSet<float>.FromPixels(pixels, labels, Pixels, Classes);
    }

    private void Draw(int digit, Span<byte> image)
    {
        _canvas.Clear();
        var pose = RandomPose();
        var unsteadiness = Uniform(0.015f, 0.05f);
        var thickness = Uniform(0.7f, 1.7f);
        foreach (var stroke in Strokes.Pick(digit, _random))
        {
            _canvas.Draw(Place(stroke, unsteadiness, pose), thickness * Uniform(0.9f, 1.1f));
        }

        var blackness = Uniform(200, 255);
        var grain = Uniform(0, 0.3f);
        _random.NextBytes(_noise);
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (byte)Math.Clamp((_canvas.Ink[i] * blackness) + ((_noise[i] - 128) * grain), 0, 255);
        }
    }

    /// <summary>Maps the box of a digit, from −½ to ½ in both directions, to pixels.</summary>
    private Matrix3x2 RandomPose()
    {
        var height = Uniform(16, 21);
        var width = height * Uniform(0.5f, 0.9f);
        var slant = 0.1f + (0.2f * Normal());
        return Matrix3x2.CreateScale(width, height)
            * new Matrix3x2(1, 0, -slant, 1, 0, 0)
            * Matrix3x2.CreateRotation(0.1f * Normal())
            * Matrix3x2.CreateTranslation((Side / 2f) + Uniform(-2, 2), (Side / 2f) + Uniform(-2, 2));
    }

    /// <summary>The points of a stroke in pixels, each missed a little by an unsteady hand; both copies of a corner by the same.</summary>
    private Vector2[] Place(int[] stroke, float unsteadiness, Matrix3x2 pose)
    {
        var points = new Vector2[stroke.Length / 2];
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = (stroke[2 * i], stroke[(2 * i) + 1]);
            var corner = i > 0 && x == stroke[(2 * i) - 2] && y == stroke[(2 * i) - 1];
            var aim = new Vector2((x / 100f) - 0.5f, (y / 100f) - 0.5f);
            var miss = unsteadiness * new Vector2(Normal(), Normal());
            points[i] = corner ? points[i - 1] : Vector2.Transform(aim + miss, pose);
        }

        return points;
    }

    private float Uniform(float low, float high) => low + ((high - low) * _random.NextSingle());

    /// <summary>A number from the standard normal distribution (Box and Muller, 1958).</summary>
    private float Normal() =>
        MathF.Sqrt(-2 * MathF.Log(1 - _random.NextSingle())) * MathF.Cos(2 * MathF.PI * _random.NextSingle());
}
