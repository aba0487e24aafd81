using System.Numerics;

namespace NeuralNet.Core.Gates;

/// <summary>The way back through max, min and maxout, which let one of several inputs through: where k of them are equal, each gets
/// a k-th of the upstream gradient.</summary>
internal static class Choice
{
    /// <summary>The upstream gradient where <paramref name="own"/> was let through, half of it where both were, zero elsewhere.</summary>
    public static void Route<T>(ReadOnlySpan<T> upstream, ReadOnlySpan<T> own, ReadOnlySpan<T> other, ReadOnlySpan<T> chosen, Span<T> downstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateChecked(0.5);
        for (int i = 0; i < own.Length; i++)
        {
            downstream[i] = own[i] == other[i] ? half * upstream[i] : own[i] == chosen[i] ? upstream[i] : T.Zero;
        }
    }

    /// <summary>Adds 1 to the counts where this input was let through.</summary>
    public static void Count<T>(ReadOnlySpan<T> own, ReadOnlySpan<T> chosen, Span<T> counts) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < own.Length; i++)
        {
            counts[i] += own[i] == chosen[i] ? T.One : T.Zero;
        }
    }

    /// <summary>This input's share of the upstream gradient, where <paramref name="counts"/> inputs were let through.</summary>
    public static void Share<T>(
        ReadOnlySpan<T> upstream, ReadOnlySpan<T> own, ReadOnlySpan<T> chosen, ReadOnlySpan<T> counts, Span<T> downstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < own.Length; i++)
        {
            downstream[i] = own[i] == chosen[i] ? upstream[i] / counts[i] : T.Zero;
        }
    }
}
