using System.Collections;
using System.Numerics;
using System.Reflection;
using NeuralNet.Core;

namespace NeuralNet.Tests.Support;

/// <summary>The buffers of a cache and its parts, also those that no test knows the shape of.</summary>
internal static class CacheBuffers
{
    /// <summary>Fills all of them with a number.</summary>
    public static void Fill<T>(Cache<T> cache, T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Matrix<T> buffer in Of(cache))
        {
            buffer.AsSpan().Fill(value);
        }
    }

    // In every shape that is remembered.
    private static IEnumerable<Matrix<T>> Of<T>(Cache<T> cache) where T : unmanaged, IFloatingPointIeee754<T>
    {
        IEnumerable<Matrix<T>> own = Field<IEnumerable>(cache, "_buffers").Cast<object>()
            .SelectMany(buffers => Field<Matrix<T>?[]>(buffers, "_matrices").OfType<Matrix<T>>());
        return own.Concat(Field<IEnumerable<Cache<T>>>(cache, "_parts").SelectMany(Of));
    }

    private static TField Field<TField>(object owner, string name) =>
        (TField)owner.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;
}
