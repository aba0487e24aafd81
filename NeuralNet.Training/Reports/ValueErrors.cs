using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Reports;

/// <summary>How far a network was from numbers: the errors of each output, points of predicted against true, and the worst samples, gathered batch by batch.</summary>
/// <param name="worst">How many samples are kept.</param>
/// <param name="samples">Samples to come.</param>
internal sealed class ValueErrors<T>(int worst, int samples) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Outputs that are looked at, the first ones.</summary>
    public const int MaxOutputs = 4;

    // So many points can still be told apart in a chart.
    private const int MaxPoints = 500;

    private readonly int _stride = (samples + MaxPoints - 1) / MaxPoints;
    private readonly WorstOf<ValueMistake> _worst = new(worst);
    private double[] _absolute = [];
    private double[] _squared = [];

    /// <summary>Outputs of the network.</summary>
    public int Outputs { get; private set; }

    /// <summary>Predictions.</summary>
    public long Count { get; private set; }

    /// <summary>True and predicted values of each output looked at, of samples at equal distances.</summary>
    public IReadOnlyList<List<(double Actual, double Predicted)>> Points { get; private set; } = [];

    /// <summary>The samples of the largest losses.</summary>
    public IReadOnlyList<ValueMistake> Worst => _worst.Items;

    /// <summary>The mean absolute error of an output.</summary>
    public double MeanAbsolute(int output) => _absolute[output] / Count;

    /// <summary>The root of the mean squared error of an output.</summary>
    public double RootMeanSquare(int output) => Math.Sqrt(_squared[output] / Count);

    /// <summary>Adds a batch.</summary>
    /// <param name="prediction"><c>[N×O]</c>.</param>
    /// <param name="target"><c>[N×O]</c>.</param>
    /// <param name="sampleOf">The sample that a row belongs to.</param>
    /// <param name="lossOf">The loss of a row; null for the squares of the errors.</param>
    public void Add(Matrix<T> prediction, Matrix<T> target, Func<int, int> sampleOf, Func<int, double?> lossOf)
    {
        if (!prediction.HasShapeOf(target))
        {
            throw new ArgumentException($"The network gives {prediction.Shape()} for a batch of the report's data, whose targets are {target.Shape()}.", nameof(target));
        }

        if (Count == 0)
        {
            Outputs = prediction.ColumnCount;
            int shown = Math.Min(Outputs, MaxOutputs);
            (_absolute, _squared) = (new double[shown], new double[shown]);
            Points = [.. Enumerable.Range(0, shown).Select(_ => new List<(double, double)>())];
        }

        for (int row = 0; row < prediction.RowCount; row++, Count++)
        {
            var predicted = new double[_absolute.Length];
            var actual = new double[_absolute.Length];
            for (int output = 0; output < predicted.Length; output++)
            {
                (predicted[output], actual[output]) = (double.CreateTruncating(prediction[row, output]), double.CreateTruncating(target[row, output]));
                double error = predicted[output] - actual[output];
                _absolute[output] += Math.Abs(error);
                _squared[output] += error * error;
                if (Count % _stride == 0)
                {
                    Points[output].Add((actual[output], predicted[output]));
                }
            }

            double loss = lossOf(row) ?? predicted.Zip(actual, (y, t) => (y - t) * (y - t)).Sum();
            _worst.Add(new ValueMistake(sampleOf(row), loss, predicted, actual), loss);
        }
    }
}
