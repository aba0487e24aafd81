using System.Numerics;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Attention;

/// <summary>The angles of a rotary position embedding: pair j of step t turns by <c>t·base^(−2j/d)</c> (Su and others 2021, equations 15 and 34).</summary>
internal sealed class RotaryAngles<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Base = 10_000;
    private readonly int _width;
    private readonly StepTable<Angles> _angles;

    /// <summary>The angles of so many steps.</summary>
    /// <param name="context">Steps, 1 or more.</param>
    /// <param name="width">d, an even number.</param>
    public RotaryAngles(int context, int width) => (_width, _angles) = (width, new(context, steps => Angles.Of(steps, width)));

    /// <summary>Turns panels in place.</summary>
    /// <param name="panels">Panels <c>[T×d]</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">The step of their first row.</param>
    /// <param name="isBack">Whether back, as a gradient is.</param>
    public void Turn(Span<T> panels, int count, int first, bool isBack)
    {
        Angles angles = _angles.Of(first + (panels.Length / (count * _width)));
        AttentionOperations.Rotate<T>(panels, count, _width, angles.Cosines, angles.Sines, first, isBack);
    }

    private sealed record Angles(T[] Cosines, T[] Sines)
    {
        public static Angles Of(int steps, int width)
        {
            var angles = new Angles(new T[checked(steps * (width / 2))], new T[steps * (width / 2)]);
            for (int i = 0; i < angles.Sines.Length; i++)
            {
                (double sine, double cosine) = Math.SinCos(i % steps * Math.Pow(Base, -2.0 * (i / steps) / width));
                (angles.Cosines[i], angles.Sines[i]) = (T.CreateChecked(cosine), T.CreateChecked(sine));
            }

            return angles;
        }
    }
}
