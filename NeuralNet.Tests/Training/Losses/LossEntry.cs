using System.Numerics;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>A loss of the catalogue with targets that suit it.</summary>
/// <param name="name">The name under which its tests appear.</param>
internal abstract class LossEntry<T>(string name) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>The type of the loss.</summary>
    public abstract Type Loss { get; }

    /// <summary>Whether it is a mean.</summary>
    public abstract bool IsMean { get; }

    /// <summary>Columns of the prediction.</summary>
    public int Columns { get; init; } = 4;

    /// <summary>Columns of weights that it takes besides one.</summary>
    public int Positions { get; init; } = 1;

    /// <summary>The loss by targets of a number of samples.</summary>
    /// <param name="samples">The number.</param>
    /// <param name="only">Those of them that are taken; null for all.</param>
    public abstract LossCall<T> For(int samples, int[]? only = null);

    /// <summary>Predictions from −3 to 3, drawn in double, so that both precisions get the same.</summary>
    public Matrix<T> Prediction(int samples) => Cast(3 * Some.Matrix<double>(samples, Columns, seed: 8));

    /// <summary>Weights from 0 to 1, every third 0.</summary>
    public static Matrix<T> Weights(int samples, int columns) =>
        Cast(Matrix<double>.Build.Dense(samples, columns, (i, j) => (i + j) % 3 == 1 ? 0 : ((i * 7) + (j * 3) + 2) % 10 / 10.0));

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected static Matrix<T> Cast(Matrix<double> matrix) =>
        Matrix<T>.Build.Dense(matrix.RowCount, matrix.ColumnCount, (i, j) => T.CreateChecked(matrix[i, j]));
}
