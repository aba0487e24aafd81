using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Proofs;

/// <summary>
/// Batch normalisation of columns (Ioffe and Szegedy, 2015, algorithms 1 and 2): <c>x̂ = (x − μ)/√(σ² + ε)</c>, <c>y = γ·x̂ + β</c> with ε = 1e-5. In training μ
/// and σ² (over N) are the batch's and the running ones move a tenth of the way to them; in evaluation they are the running ones.
/// </summary>
internal sealed class BatchNormalization(int features) : Layer<double>
{
    private const int NormalizedSlot = 2, InverseSlot = 3;

    public Parameter<double> Gamma { get; } = new(Matrix<double>.Build.Dense(1, features, 1));

    public Parameter<double> Beta { get; } = new(Matrix<double>.Build.Dense(1, features));

    public Matrix<double> Mean { get; } = Matrix<double>.Build.Dense(1, features);

    public Matrix<double> Variance { get; } = Matrix<double>.Build.Dense(1, features);

    public override SampleShape? InputShape => features;

    protected override IReadOnlyList<NamedParameter<double>> OwnParameters => [new("gamma", Gamma), new("beta", Beta)];

    protected override IReadOnlyList<NamedState<double>> OwnStates => [new("mean", Mean), new("variance", Variance)];

    protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache)
    {
        int samples = input.RowCount;
        Matrix<double> output = cache.Buffer(0, samples, features), normalized = cache.Buffer(NormalizedSlot, samples, features);
        Matrix<double> inverse = cache.Buffer(InverseSlot, 1, features);
        for (int j = 0; j < features; j++)
        {
            (double mean, double variance) = (Mean[0, j], Variance[0, j]);
            if (cache.IsTraining)
            {
                mean = input.Column(j).Sum() / samples;
                variance = input.Column(j).Sum(x => (x - mean) * (x - mean)) / samples;
                Mean[0, j] += 0.1 * (mean - Mean[0, j]);
                Variance[0, j] += 0.1 * (variance - Variance[0, j]);
            }

            inverse[0, j] = 1 / Math.Sqrt(variance + 1e-5);
            for (int n = 0; n < samples; n++)
            {
                normalized[n, j] = (input[n, j] - mean) * inverse[0, j];
                output[n, j] = (Gamma.Value[0, j] * normalized[n, j]) + Beta.Value[0, j];
            }
        }

        return output;
    }

    protected override Matrix<double> BackwardCore(
        Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
    {
        int samples = input.RowCount;
        Matrix<double> downstream = cache.Buffer(1, samples, features), normalized = cache.Buffer(NormalizedSlot, samples, features);
        Matrix<double> inverse = cache.Buffer(InverseSlot, 1, features), dGamma = Matrix<double>.Build.Dense(1, features), dBeta = dGamma.Clone();
        for (int j = 0; j < features; j++)
        {
            dGamma[0, j] = upstream.Column(j) * normalized.Column(j);
            dBeta[0, j] = upstream.Column(j).Sum();
            double factor = Gamma.Value[0, j] * inverse[0, j];
            for (int n = 0; n < samples; n++)
            {
                double throughStatistics = cache.IsTraining ? (dBeta[0, j] + (normalized[n, j] * dGamma[0, j])) / samples : 0;
                downstream[n, j] = factor * (upstream[n, j] - throughStatistics);
            }
        }

        Gamma.AddToGradient(dGamma);
        Beta.AddToGradient(dBeta);
        return downstream;
    }
}
