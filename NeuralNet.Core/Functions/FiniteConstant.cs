using System.Numerics;

namespace NeuralNet.Core.Functions;

/// <summary>What must hold of the constants of functions: a NaN or an infinity would be handed on in silence.</summary>
internal static class FiniteConstant
{
    /// <summary>The constant in the element type.</summary>
    /// <param name="value">The constant.</param>
    /// <param name="function">The function, for the error.</param>
    /// <param name="name">The name of the constructor's parameter.</param>
    /// <param name="low">The least that it may be; any number by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite in the element type, or below the least.</exception>
    public static T Of<T>(double value, string function, string name, double low = double.NegativeInfinity)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T result = T.CreateChecked(value);
        return T.IsFinite(result) && value >= low ? result : throw new ArgumentOutOfRangeException(
            name, value, $"{function} needs a {name} that is a finite {typeof(T).Name}{(low == double.NegativeInfinity ? "" : $", {low} or more")}.");
    }

    /// <inheritdoc cref="Of{T}(double, string, string, double)"/>
    public static T Of<T>(T value, string function, string name) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{function} needs a {name} that is a finite {typeof(T).Name}.");
}
