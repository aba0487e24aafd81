using System.Numerics;

namespace NeuralNet.Core;

/// <summary>A pass that is under way with a cache, until it is disposed of.</summary>
/// <param name="cache">The cache.</param>
/// <param name="user">Whose pass it is.</param>
internal readonly ref struct CacheUse<T>(Cache<T> cache, object user) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Cache<T>? _cache = cache;

    /// <summary>Ends the pass; of a default value, does nothing.</summary>
    public void Dispose() => _cache?.End(user);
}
