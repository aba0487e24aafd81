using System.Numerics;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Attention;

/// <summary>The angles of a rotary position embedding: pair j of step t turns by <c>t·base^(−2j/d)</c> (Su and others 2021, equations 15 and 34).</summary>
internal sealed class RotaryAngles<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Base = 10_000;
    private readonly int _width;
    private readonly T[] _cosines, _sines;

    /// <summary>The angles of so many steps.</summary>
    /// <param name="context">Steps, 1 or more.</param>
    /// <param name="width">d, an even number.</param>
    public RotaryAngles(int context, int width)
    {
        _width = width;
        _cosines = new T[checked(context * (width / 2))];
        _sines = new T[_cosines.Length];
        for (int i = 0; i < _cosines.Length; i++)
        {
            (double sine, double cosine) = Math.SinCos(i % context * Math.Pow(Base, -2.0 * (i / context) / width));
            (_cosines[i], _sines[i]) = (T.CreateChecked(cosine), T.CreateChecked(sine));
        }
    }

    /// <summary>Turns panels in place.</summary>
    /// <param name="panels">Panels <c>[T×d]</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">The step of their first row.</param>
    /// <param name="isBack">Whether back, as a gradient is.</param>
    public void Turn(Span<T> panels, int count, int first, bool isBack) => AttentionOperations.Rotate<T>(panels, count, _width, _cosines, _sines, first, isBack);
}
