using System.Numerics;

namespace NeuralNet.Core;

/// <summary>The element types that the kernels serve: <see cref="float"/> and <see cref="double"/>.</summary>
/// <typeparam name="T">The type in question.</typeparam>
public static class ElementType<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Refuses anything but <see cref="float"/> and <see cref="double"/>.</summary>
    /// <exception cref="NotSupportedException">T is another type.</exception>
    public static void ThrowIfNotSupported()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"The element type must be float or double, got {typeof(T)}.");
        }
    }
}
