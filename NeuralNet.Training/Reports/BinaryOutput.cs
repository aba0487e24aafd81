using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Reports;

/// <summary>One logit a sample and a target of 0 or 1, as scores of two classes and a label.</summary>
internal static class BinaryOutput
{
    /// <summary>The scores 0 and s of the classes 0 and 1, whose softmax is 1 − σ(s) and σ(s).</summary>
    public static Matrix<T> Scores<T>(Matrix<T> prediction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (prediction.ColumnCount != 1)
        {
            throw new ArgumentException($"A decision between two classes is made of one output a sample; the network gives {prediction.Shape()}.", nameof(prediction));
        }

        // Of a logit that is NaN no class is the larger one.
        Matrix<T> scores = Matrices.Zeros<T>(prediction.RowCount, 2);
        for (int i = 0; i < prediction.RowCount; i++)
        {
            T logit = prediction[i, 0];
            (scores[i, 0], scores[i, 1]) = (T.IsNaN(logit) ? logit : T.Zero, logit);
        }

        return scores;
    }

    /// <summary>The targets as labels.</summary>
    public static int[] Labels<T>(Matrix<T> targets, Matrix<T> prediction) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!targets.HasShapeOf(prediction))
        {
            throw new ArgumentException($"The network gives {prediction.Shape()} for a batch of the report's data, whose targets are {targets.Shape()}.", nameof(targets));
        }

        var labels = new int[targets.RowCount];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = targets[i, 0] == T.Zero ? 0 : targets[i, 0] == T.One ? 1 : throw new ArgumentException(
                $"A decision between two classes has targets of 0 or 1; a sample of the report's data has {targets[i, 0]}.", nameof(targets));
        }

        return labels;
    }
}
