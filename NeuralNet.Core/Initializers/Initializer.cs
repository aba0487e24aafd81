using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

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

    /// <summary>A new weight W for <c>Y = X·W</c>, filled: fanIn is its rows, fanOut its columns.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="inputs">D, columns of the input, 1 or more.</param>
    /// <param name="outputs">M, columns of the output, 1 or more.</param>
    /// <param name="random">The generator that the numbers are drawn from.</param>
    /// <returns>A dense matrix <c>[D×M]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or D·M is more than an array holds.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Matrix<T> Weight<T>(int inputs, int outputs, Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(random);
        Matrix<T> weight = Matrices.Zeros<T>(inputs, outputs);
        Fill(weight.AsSpan(), inputs, outputs, random);
        return weight;
    }

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
