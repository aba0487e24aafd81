using BenchmarkDotNet.Attributes;
using NeuralNet.Core;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Benchmarks.Kernels;

/// <summary>One step of the optimiser on one weight.</summary>
public class UpdateBenchmarks
{
    private SGD<float> _plain = null!;
    private SGD<float> _momentum = null!;

    [Params(16, 256, 1024)]
    public int Outputs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var weight = new Parameter<float>(Matrix<float>.Build.Random(784, Outputs, 1));
        weight.AddToGradient(Matrix<float>.Build.Random(784, Outputs, 2));
        NamedParameter<float>[] parameters = [new("weight", weight)];
        _plain = new SGD<float>(parameters, 1e-6f);
        _momentum = new SGD<float>(parameters, 1e-6f, 0.9f);
    }

    [Benchmark]
    public void Plain() => _plain.Step();

    [Benchmark]
    public void Momentum() => _momentum.Step();
}
