using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>The coefficient of determination, <c>R² = 1 − Σ_i w_i (y_i − ŷ_i)² / Σ_i w_i (y_i − ȳ)²</c>, of each output, and the mean over the
/// outputs.</summary>
/// <remarks>
/// <para>scikit-learn's <c>r2_score</c>: of an output whose targets are all equal it is 1 where all predictions are right, and 0 otherwise. NaN with
/// one sample.</para>
/// <para>The spread of the targets is gathered around the running mean (West 1979, Updating Mean and Variance Estimates: An Improved Method), so
/// that targets of large
/// mean and small spread keep their digits.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RSquared<T> : MatrixMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Output[] _outputs = [];

    /// <summary><c>R²</c>.</summary>
    public override string Name => "R²";

    /// <inheritdoc/>
    public override bool IsHigherBetter => true;

    /// <inheritdoc/>
    protected override void Start(int columns)
    {
        if (_outputs.Length != columns)
        {
            _outputs = new Output[columns];
        }

        _outputs.AsSpan().Clear();
    }

    /// <inheritdoc/>
    protected override Span<double> Sums => MemoryMarshal.Cast<Output, double>(_outputs.AsSpan());

    /// <inheritdoc/>
    protected override void AddCore(Matrix<T> prediction, Matrix<T> target, SampleWeights<T> weights)
    {
        ReadOnlySpan<T> predicted = prediction.AsSpan(), actual = target.AsSpan();
        int rows = prediction.RowCount;
        for (int i = 0; i < rows; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            for (int j = 0; j < _outputs.Length; j++)
            {
                int at = i + (j * rows);
                _outputs[j].Add(double.CreateTruncating(predicted[at]), double.CreateTruncating(actual[at]), weights[i]);
            }
        }
    }

    /// <inheritdoc/>
    private protected override bool TryMergeCore(ReadOnlySpan<double> numbers)
    {
        ReadOnlySpan<Output> others = MemoryMarshal.Cast<double, Output>(numbers);
        for (int j = 0; j < _outputs.Length && numbers.Length == Sums.Length; j++)
        {
            _outputs[j].Merge(others[j]);
        }

        return numbers.Length == Sums.Length;
    }

    /// <inheritdoc/>
    protected override double ValueCore()
    {
        if (_outputs[0].Samples < 2)
        {
            return double.NaN;
        }

        double sum = 0;
        foreach (ref readonly Output output in _outputs.AsSpan())
        {
            sum += output.Value;
        }

        return sum / _outputs.Length;
    }

    /// <summary>One column: the sum of squared errors, and the targets' mean and spread around it. All that it has are numbers of double precision.</summary>
    private struct Output
    {
        private double _samples;
        private double _weight;
        private double _mean;
        private double _spread;
        private double _error;

        public readonly double Samples => _samples;

        public readonly double Value => _spread != 0 ? 1 - (_error / _spread) : _error == 0 ? 1 : double.IsNaN(_error) ? double.NaN : 0;

        // The spread of both around the mean of both (Chan, Golub and LeVeque 1979).
        public void Merge(in Output other)
        {
            double weight = _weight + other._weight, difference = other._mean - _mean;
            if (other._weight == 0)
            {
                return;
            }

            _spread += other._spread + (difference * difference * _weight * other._weight / weight);
            _mean += difference * other._weight / weight;
            (_weight, _samples, _error) = (weight, _samples + other._samples, _error + other._error);
        }

        public void Add(double predicted, double actual, double weight)
        {
            _samples++;
            _weight += weight;
            double difference = actual - _mean;
            _mean += weight / _weight * difference;
            _spread += weight * difference * (actual - _mean);
            _error += weight * (predicted - actual) * (predicted - actual);
        }
    }
}
