using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>A metric that gives the numbers of a script, one each time it is asked.</summary>
internal sealed class ScriptedMetric(bool isHigherBetter, params double[] script) : LabelMetric<double>
{
    private int _asked;

    public override string Name => "score";

    public override bool IsHigherBetter => isHigherBetter;

    protected override void Start(int columns)
    {
    }

    protected override void AddCore(Matrix<double> prediction, ReadOnlyMemory<int> target, SampleWeights<double> weights)
    {
    }

    protected override double ValueCore() => script[_asked++];
}
