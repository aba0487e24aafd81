using System.Numerics;

namespace NeuralNet.Core.Initializers;

/// <summary>How a parameter gets its start value. Randomness is the caller's: the same generator state gives the same bits.</summary>
public abstract class Initializer
{
    /// <summary>Fills the values of a parameter.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">The parameter's memory.</param>
    /// <param name="fanIn">Inputs that reach one output.</param>
    /// <param name="fanOut">Outputs that one input reaches.</param>
    /// <param name="random">The generator that the numbers are drawn from.</param>
    public abstract void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Draws from U(−limit, limit).</summary>
    internal static void FillUniform<T>(Span<T> values, double limit, Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
        {
            value = T.CreateTruncating(limit * ((2 * random.NextDouble()) - 1));
        }
    }

    /// <summary>Draws from N(0, σ²).</summary>
    /// <remarks>Box and Muller (1958): two uniform numbers give two normal ones, of which the second is not kept, so that
    /// the i-th value depends on the i-th draw alone.</remarks>
    internal static void FillNormal<T>(Span<T> values, double standardDeviation, Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            value = T.CreateTruncating(standardDeviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
    }
}
