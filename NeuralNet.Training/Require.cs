using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core;

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

    /// <summary>A number from 0 to below 1.</summary>
    public static void FractionBelowOne<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : IFloatingPointIeee754<T>
    {
        if (!(value >= T.Zero && value < T.One))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number from 0 to below 1, got {value}.");
        }
    }

    /// <summary>A finite number above 0, which is returned.</summary>
    public static T Positive<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : IFloatingPointIeee754<T> =>
        T.IsFinite(value) && value > T.Zero
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0, got {value}.");

    /// <summary>A finite number, 1 or more.</summary>
    public static void OneOrMore(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(double.IsFinite(value) && value >= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, 1 or more, got {value}.");
        }
    }

    /// <summary>A finite number.</summary>
    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, got {value}.");
        }
    }

    /// <summary>Parameters with names, as no <c>default(NamedParameter)</c> has them.</summary>
    public static void NoneIsNull<T>(IReadOnlyList<NamedParameter<T>> parameters, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i] is { Name: null } or { Parameter: null })
            {
                throw new ArgumentException($"Parameter {i}, '{parameters[i].Name}', {(parameters[i].Name is null ? "has no name" : "is null")}.", name);
            }
        }
    }

    /// <summary>A list without null in it.</summary>
    public static IReadOnlyList<TItem> List<TItem>(IReadOnlyList<TItem> items, [CallerMemberName] string? name = null) where TItem : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        return items.Contains(null!) ? throw new ArgumentException($"{name} has null at position {items.ToList().IndexOf(null!)}.", name) : items;
    }

    /// <summary>A finite number above 0, or none.</summary>
    public static T? PositiveOrNull<T>(T? value, [CallerMemberName] string? name = null) where T : struct, IFloatingPointIeee754<T>
    {
        if (value is T number)
        {
            Positive(number, name);
        }

        return value;
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
