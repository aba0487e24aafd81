namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>Where up to three arrays of a pass begin; null where there are fewer.</summary>
internal readonly unsafe struct Arrays<T>(T* first, T* second = null, T* third = null)
    where T : unmanaged
{
    /// <summary>The first array.</summary>
    public readonly T* First = first;

    /// <summary>The second array.</summary>
    public readonly T* Second = second;

    /// <summary>The third array.</summary>
    public readonly T* Third = third;

    /// <summary>The same arrays some elements further on; those that are not there stay null.</summary>
    public Arrays<T> From(int element) => new(
        First + element,
        Second is null ? null : Second + element,
        Third is null ? null : Third + element);
}
