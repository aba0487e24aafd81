using BenchmarkDotNet.Attributes;
using NeuralNet.Training.Data;

namespace NeuralNet.Benchmarks.Kernels;

/// <summary>Gathering the shuffled batches of an epoch: a transpose, sample-contiguous to batch-contiguous.</summary>
public class LoaderBenchmarks
{
    private const int Samples = 6000;
    private const int Features = 784;
    private BatchLoader<float> _loader = null!;

    [Params(1, 32, 128)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup() => _loader = new BatchLoader<float>(
        new DataSet<float>(new float[Samples * Features], new int[Samples], Features, classes: 10), Batch, seed: 1);

    [Benchmark(Description = "one sample", OperationsPerInvoke = Samples)]
    public int Epoch()
    {
        int seen = 0;
        foreach (Batch<float> batch in _loader)
        {
            seen += batch.Count;
        }

        return seen;
    }
}
