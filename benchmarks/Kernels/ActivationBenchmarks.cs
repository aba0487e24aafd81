using BenchmarkDotNet.Attributes;
using NeuralNet.Core;
using NeuralNet.Core.Functions;

namespace NeuralNet.Benchmarks.Kernels;

/// <summary>Activations of a hidden layer, forward and back.</summary>
public class ActivationBenchmarks
{
    private readonly ReLU<float> _relu = new();
    private readonly Sigmoid<float> _sigmoid = new();
    private readonly Cache<float> _cache = new();
    private Matrix<float> _input = null!;

    [Params(4, 128, 512)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup() => _input = Matrix<float>.Build.Random(Batch, 256, 1);

    [Benchmark(Description = "ReLU, forward")]
    public Matrix<float> ReLU() => _relu.Forward(_input, _cache);

    [Benchmark(Description = "ReLU, forward and back")]
    public Matrix<float> ReLUBack() => _relu.Backward(_relu.Forward(_input, _cache), _cache);

    [Benchmark(Description = "Sigmoid, forward")]
    public Matrix<float> Sigmoid() => _sigmoid.Forward(_input, _cache);

    [Benchmark(Description = "Sigmoid, forward and back")]
    public Matrix<float> SigmoidBack() => _sigmoid.Backward(_sigmoid.Forward(_input, _cache), _cache);
}
