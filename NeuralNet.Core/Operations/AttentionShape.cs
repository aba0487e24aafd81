namespace NeuralNet.Core.Operations;

/// <summary>How many panels of queries, keys and values attention has, and of which sizes. Panel <c>h·N + i</c> is head h of sample i.</summary>
/// <param name="Samples">N, 0 or more.</param>
/// <param name="Heads">H, 1 or more.</param>
/// <param name="Queries">Queries of a panel, 1 or more.</param>
/// <param name="Keys">Keys and values of a panel, 1 or more; with <paramref name="IsCausal"/> as many as queries, or more: then the queries are the last.</param>
/// <param name="Width">d, numbers of a query, key or value, 1 or more.</param>
/// <param name="IsCausal">Whether a query looks only at keys up to its own place: query q at keys 0 to <c>keys − queries + q</c>.</param>
public readonly record struct AttentionShape(int Samples, int Heads, int Queries, int Keys, int Width, bool IsCausal)
{
    /// <summary>Elements from one column of a panel of keys or values to the next: the keys, unless panels have room for more.</summary>
    public int KeyStride { get; init; } = Keys;

    /// <summary>Panels, N·H.</summary>
    public int Panels => checked(Samples * Heads);

    /// <summary>Elements from one panel of keys or values to the next.</summary>
    internal int KeyStep => checked(KeyStride * Width);
}
