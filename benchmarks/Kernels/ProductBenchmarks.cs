using System.Numerics;
using BenchmarkDotNet.Attributes;
using NeuralNet.Core;
using NeuralNet.Core.Providers;

namespace NeuralNet.Benchmarks.Kernels;

/// <summary>The matrix products of one layer, forward and back, from one sample to a large batch.</summary>
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class ProductBenchmarks<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Matrix<T> _input = null!;
    private Matrix<T> _weight = null!;
    private Matrix<T> _output = null!;

    [Params("1×784×256", "4×2×8", "64×1000×100", "128×784×256", "512×1024×4096")]
    public string BatchInputsOutputs { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. BatchInputsOutputs.Split('×').Select(int.Parse)];
        _input = Matrix<T>.Build.Random(sizes[0], sizes[1], 1);
        _weight = Matrix<T>.Build.Random(sizes[1], sizes[2], 2);
        _output = Matrix<T>.Build.Random(sizes[0], sizes[2], 3);
    }

    [Benchmark(Description = "Y = X·W")]
    public void Forward() => MatrixProduct.Multiply(Transpose.No, _input, Transpose.No, _weight, _output);

    [Benchmark(Description = "dX = dY·Wᵀ")]
    public void InputGradient() => MatrixProduct.Multiply(Transpose.No, _output, Transpose.Yes, _weight, _input);

    [Benchmark(Description = "dW = Xᵀ·dY")]
    public void WeightGradient() => MatrixProduct.Multiply(Transpose.Yes, _input, Transpose.No, _output, _weight);
}
