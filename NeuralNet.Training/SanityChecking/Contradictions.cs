using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Samples that nothing can tell apart and that should be told apart.</summary>
internal static class Contradictions
{
    /// <summary>The first two samples with equal inputs and different targets, if there are such.</summary>
    /// <param name="input">The samples.</param>
    /// <param name="target">Labels, N·P, or a matrix with a row for each sample; of other targets nothing is said.</param>
    public static IEnumerable<SanityFinding> Of<T, TTarget>(Matrix<T> input, TTarget target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int samples = input.RowCount;
        for (int second = 1; second < samples; second++)
        {
            for (int first = 0; first < second; first++)
            {
                if (AreRowsEqual(input.AsSpan(), samples, first, second) && AreDifferent(target, samples, first, second))
                {
                    return [new SanityFinding("equal inputs", 2, "equal targets", false,
                        $"samples {first} and {second}, counted from 0, have equal inputs and different targets: no network can learn both")];
                }
            }
        }

        return [];
    }

    private static bool AreDifferent<TTarget>(TTarget target, int samples, int first, int second) => target switch
    {
        ReadOnlyMemory<int> labels => !AreRowsEqual(labels.Span, samples, first, second),
        Matrix<float> matrix => !AreRowsEqual(matrix.AsSpan(), samples, first, second),
        Matrix<double> matrix => !AreRowsEqual(matrix.AsSpan(), samples, first, second),
        _ => false,
    };

    private static bool AreRowsEqual<TNumber>(ReadOnlySpan<TNumber> columns, int rows, int first, int second) where TNumber : INumberBase<TNumber>
    {
        for (int column = 0; column < columns.Length; column += rows)
        {
            if (columns[column + first] != columns[column + second])
            {
                return false;
            }
        }

        return true;
    }
}
