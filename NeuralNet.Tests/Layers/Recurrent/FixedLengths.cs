using NeuralNet.Core;
using NeuralNet.Layers.Recurrent;

namespace NeuralNet.Tests.Layers.Recurrent;

/// <summary>A recurrent layer on sequences whose lengths do not change: a gate with one input, so that it can be checked by differences.</summary>
internal sealed class FixedLengths(RecurrentLayer<double> layer, params double[] lengths) : Layer<double>
{
    private readonly RecurrentGate<double> _gate = new(layer);
    private readonly Matrix<double> _lengths = Matrix<double>.Build.Dense(lengths.Length, 1, lengths);

    public override IReadOnlyList<NamedGate<double>> Children => [new("gate", _gate)];

    protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => _gate.Forward([input, _lengths], cache[0]);

    protected override Matrix<double>? BackwardCore(Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) =>
        _gate.Backward(upstream, new Wanted([isInputWanted, false]), cache[0])[0];
}
