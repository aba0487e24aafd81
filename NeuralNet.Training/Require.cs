using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Training;

/// <summary>The ranges of settings, checked where they come in.</summary>
internal static class Require
{
    /// <summary>A number from 0 to 1, both included.</summary>
    public static void Fraction<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : IFloatingPointIeee754<T>
    {
        if (!(value >= T.Zero && value <= T.One))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number from 0 to 1, got {value}.");
        }
    }

    /// <summary>A finite number, 0 or more.</summary>
    public static void NotNegative<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : IFloatingPointIeee754<T>
    {
        if (!(T.IsFinite(value) && value >= T.Zero))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, 0 or more, got {value}.");
        }
    }
}
