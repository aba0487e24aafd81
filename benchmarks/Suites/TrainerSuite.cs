using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Jobs;
using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>What an epoch costs with the trainer, as a multiple of what it costs in a loop written by hand.</summary>
internal sealed class TrainerSuite : ISuite
{
    public string Name => "trainer";

    public IEnumerable<string> Cases => Networks.Select(network => network.Name);

    public IEnumerable<Row> Run(Options options, MachineLimits limits) =>
        from network in Networks
        where options.Wants(network.Name)
        select Row.Own(Name, network.Name, "× loop", TrainerJob.Ratio(network, options.Rounds), limit: 1);

    // A small step, on which anything around it would show, and two usual ones.
    private static IEnumerable<Network> Networks => NetworkCases.Eight.Where(network => network.Loss == "ce" && network.Batch is >= 32 and < 256);
}
