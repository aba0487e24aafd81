using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Tests.Support;

/// <summary>Test data from a seed.</summary>
internal static class Some
{
    /// <summary>A matrix with elements from −1 to 1.</summary>
    public static Matrix<T> Matrix<T>(int rows, int columns, int seed = 1) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> matrix = MathNet.Numerics.LinearAlgebra.Matrix<T>.Build.Dense(rows, columns);
        Numbers<T>(matrix.AsSpan(), new Random(seed));
        return matrix;
    }

    /// <summary>Numbers from −1 to 1.</summary>
    public static void Numbers<T>(Span<T> target, Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T number in target)
        {
            number = T.CreateTruncating((2 * random.NextDouble()) - 1);
        }
    }

    /// <summary>Labels from 0 to classes − 1.</summary>
    public static int[] Labels(int count, int classes, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
    }
}
