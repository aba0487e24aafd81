using System.Numerics;

namespace NeuralNet.Core.Gates;

/// <summary>The way back through max and min, which let one of two inputs through: where both are equal, each gets half of the upstream gradient.</summary>
internal static class Routing
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
}
