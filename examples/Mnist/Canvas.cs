using System.Numerics;

namespace NeuralNet.Examples.Mnist;

/// <summary>A square sheet of pixels to draw smooth strokes on.</summary>
internal sealed class Canvas
{
    /// <summary>Width and height in pixels.</summary>
    public const int Side = 28;

    // Straight pieces per stretch between two points of a stroke.
    private const int Pieces = 6;

    private readonly float[] _ink = new float[Side * Side];

    /// <summary>The ink on each pixel, row by row, from 0 to 1.</summary>
    public ReadOnlySpan<float> Ink => _ink;

    /// <summary>Takes all ink away.</summary>
    public void Clear() => Array.Clear(_ink);

    /// <summary>Draws the Catmull-Rom curve through the points, in pixels, with a pen of the given radius.</summary>
    public void Draw(Vector2[] points, float radius)
    {
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (start, end) = (points[i], points[i + 1]);
            if (start == end)
            {
                continue; // a corner
            }

            var leave = (end - points[Math.Max(i - 1, 0)]) / 2;
            var arrive = (points[Math.Min(i + 2, points.Length - 1)] - start) / 2;
            var from = start;
            for (var piece = 1; piece <= Pieces; piece++)
            {
                var to = Hermite(start, leave, end, arrive, piece / (float)Pieces);
                DrawLine(from, to, radius);
                from = to;
            }
        }
    }

    /// <summary>The cubic with values and derivatives given at t = 0 and t = 1.</summary>
    private static Vector2 Hermite(Vector2 start, Vector2 leave, Vector2 end, Vector2 arrive, float t)
    {
        var (t2, t3) = (t * t, t * t * t);
        return (((2 * t3) - (3 * t2) + 1) * start) + ((t3 - (2 * t2) + t) * leave)
            + (((3 * t2) - (2 * t3)) * end) + ((t3 - t2) * arrive);
    }

    /// <summary>Draws a line with round ends: full ink within its radius, fading to none over one pixel.</summary>
    private void DrawLine(Vector2 from, Vector2 to, float radius)
    {
        var reach = new Vector2(radius + 0.5f);
        var low = Vector2.Clamp(Vector2.Min(from, to) - reach, Vector2.Zero, new Vector2(Side - 1));
        var high = Vector2.Clamp(Vector2.Max(from, to) + reach, Vector2.Zero, new Vector2(Side - 1));
        for (var y = (int)low.Y; y <= (int)high.Y; y++)
        {
            for (var x = (int)low.X; x <= (int)high.X; x++)
            {
                var distance = Distance(new Vector2(x, y), from, to);
                ref var ink = ref _ink[(y * Side) + x];
                ink = Math.Max(ink, Math.Clamp(radius + 0.5f - distance, 0, 1));
            }
        }
    }

    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        var line = to - from;
        var nearest = Math.Clamp(Vector2.Dot(point - from, line) / Math.Max(line.LengthSquared(), 1e-6f), 0, 1);
        return Vector2.Distance(point, from + (nearest * line));
    }
}
