using System.Numerics;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>A loss by a matrix of numbers, of numbers from 0 to 1, or of distributions.</summary>
internal sealed class MatrixLossEntry<T> : LossEntry<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MatrixTargetLoss<T> _loss;

    public MatrixLossEntry(string name, MatrixTargetLoss<T> loss)
        : base(name) => (_loss, Positions) = (loss, loss is DistributionLoss<T> ? 1 : 2);

    public override Type Loss => _loss.GetType();

    public override bool IsMean => _loss.Reduction == Reduction.Mean;

    public override LossCall<T> For(int samples, int[]? only = null)
    {
        Matrix<double> numbers = Some.Matrix<double>(samples, Columns, seed: 5);
        if (_loss is BinaryCrossEntropy<T> or DistributionLoss<T>)
        {
            // From 0 to 1, some of them 0.
            numbers = numbers.Map(value => Math.Max((value + 0.8) / 1.8, 0));
            numbers.SetColumn(0, [.. Enumerable.Repeat(0.25, samples)]);
        }

        if (_loss is DistributionLoss<T>)
        {
            numbers = numbers.NormalizeRows(1);
        }

        Matrix<T> target = Cast(only is null ? numbers : Matrix<double>.Build.DenseOfRows(only.Select(i => numbers.Row(i))));
        return new(
            (prediction, weights, cache) => _loss.Forward(prediction, target, weights, cache),
            _loss.Backward,
            weights => new LossGate<T, Matrix<T>>(_loss, target) { Weights = weights },
            [.. Enumerable.Repeat(1.0, target.RowCount)]);
    }
}
