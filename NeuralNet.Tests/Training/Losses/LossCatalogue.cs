using System.Numerics;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>Every loss in the settings that matter, each a line that brings the tests which are common to all.</summary>
internal static class LossCatalogue
{
    /// <summary>The entries, in either precision.</summary>
    public static IEnumerable<LossEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] classes = [T.CreateChecked(0.5), T.CreateChecked(2), T.One];
        T tenth = T.CreateChecked(0.1);
        yield return new MatrixLossEntry<T>("SumSquaredError", new SumSquaredError<T>());
        yield return new MatrixLossEntry<T>("MeanSquaredError", new MeanSquaredError<T>());
        yield return new MatrixLossEntry<T>("MeanAbsoluteError", new MeanAbsoluteError<T>());
        yield return new MatrixLossEntry<T>("HuberLoss", new HuberLoss<T>());
        yield return new MatrixLossEntry<T>("HuberLoss, delta, sum", new HuberLoss<T>(T.CreateChecked(0.7), Reduction.Sum));
        yield return new MatrixLossEntry<T>("BinaryCrossEntropy", new BinaryCrossEntropy<T>());
        yield return new MatrixLossEntry<T>("BinaryCrossEntropy, positive weight, sum", new BinaryCrossEntropy<T>(T.CreateChecked(3), Reduction.Sum));
        yield return new MatrixLossEntry<T>("SoftCrossEntropy", new SoftCrossEntropy<T>());
        yield return new MatrixLossEntry<T>("SoftCrossEntropy, sum", new SoftCrossEntropy<T>(Reduction.Sum));
        yield return new MatrixLossEntry<T>("KLDivergence", new KLDivergence<T>());
        yield return new MatrixLossEntry<T>("KLDivergence, sum", new KLDivergence<T>(Reduction.Sum));
        yield return new LabelLossEntry<T>("SoftmaxCrossEntropy", new SoftmaxCrossEntropy<T>());
        yield return new LabelLossEntry<T>("SoftmaxCrossEntropy, positions, sum", new SoftmaxCrossEntropy<T>(positions: 2, reduction: Reduction.Sum));
        yield return new LabelLossEntry<T>("SoftmaxCrossEntropy, smoothing", new SoftmaxCrossEntropy<T>(tenth));
        yield return new LabelLossEntry<T>("SoftmaxCrossEntropy, smoothing, classes, positions", new SoftmaxCrossEntropy<T>(tenth, classes, positions: 2));
        yield return new LabelLossEntry<T>("SoftmaxCrossEntropy, classes, sum", new SoftmaxCrossEntropy<T>(classWeights: classes, reduction: Reduction.Sum));
        yield return new LabelLossEntry<T>("NegativeLogLikelihood", new NegativeLogLikelihood<T>());
        yield return new LabelLossEntry<T>("NegativeLogLikelihood, classes", new NegativeLogLikelihood<T>(classes));
        yield return new LabelLossEntry<T>("NegativeLogLikelihood, positions, sum", new NegativeLogLikelihood<T>(positions: 2, reduction: Reduction.Sum));
        yield return new LabelLossEntry<T>("MulticlassHinge", new MulticlassHinge<T>());
        yield return new LabelLossEntry<T>("MulticlassHinge, margin, positions, sum", new MulticlassHinge<T>(T.CreateChecked(0.3), 2, Reduction.Sum));
    }

    /// <summary>The entry of a name.</summary>
    public static LossEntry<T> Get<T>(string name) where T : unmanaged, IFloatingPointIeee754<T> => All<T>().Single(entry => entry.Name == name);
}
