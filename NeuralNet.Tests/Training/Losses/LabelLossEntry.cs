using System.Numerics;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>A loss by labels.</summary>
internal sealed class LabelLossEntry<T> : LossEntry<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LabelLoss<T> _loss;

    public LabelLossEntry(string name, LabelLoss<T> loss)
        : base(name) => (_loss, Positions, Columns) = (loss, loss.Positions, 3 * loss.Positions);

    public override Type Loss => _loss.GetType();

    public override bool IsMean => _loss.Reduction == Reduction.Mean;

    public override LossCall<T> For(int samples, int[]? only = null)
    {
        int[] all = Some.Labels(samples * Positions, 3, seed: 5);
        only ??= [.. Enumerable.Range(0, samples)];
        int[] labels = [.. Enumerable.Range(0, Positions).SelectMany(p => only.Select(i => all[i + (p * samples)]))];
        double[] counts = [.. only.Select((_, i) => Enumerable.Range(0, Positions).Sum(p => Count(labels[i + (p * only.Length)])))];
        return new(
            (prediction, weights, cache) => _loss.Forward(prediction, labels, weights, cache),
            _loss.Backward,
            weights => new LossGate<T, ReadOnlyMemory<int>>(_loss, labels) { Weights = weights },
            counts);
    }

    private double Count(int label) => _loss.ClassWeights.IsEmpty ? 1 : double.CreateChecked(_loss.ClassWeights[label]);
}
