using BenchmarkDotNet.Attributes;
using NeuralNet.Core;
using NeuralNet.Training.Losses;

namespace NeuralNet.Benchmarks.Kernels;

/// <summary>Losses with their gradients.</summary>
public class LossBenchmarks
{
    private readonly SoftmaxCrossEntropy<float> _crossEntropy = new();
    private readonly SumSquaredError<float> _squares = new();
    private readonly Cache<float> _cache = new();
    private Matrix<float> _scores = null!;
    private Matrix<float> _targets = null!;
    private ReadOnlyMemory<int> _labels;

    [Params("4×10", "128×10", "512×1024")]
    public string BatchClasses { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. BatchClasses.Split('×').Select(int.Parse)];
        _scores = Matrix<float>.Build.Random(sizes[0], sizes[1], 1);
        _targets = Matrix<float>.Build.Random(sizes[0], sizes[1], 2);
        _labels = Enumerable.Range(0, sizes[0]).Select(sample => sample % sizes[1]).ToArray();
    }

    [Benchmark(Description = "softmax cross-entropy and gradient")]
    public Matrix<float> CrossEntropy()
    {
        _crossEntropy.Forward(_scores, _labels, _cache);
        return _crossEntropy.Backward(_cache);
    }

    [Benchmark(Description = "sum of squared errors and gradient")]
    public Matrix<float> Squares()
    {
        _squares.Forward(_scores, _targets, _cache);
        return _squares.Backward(_cache);
    }
}
