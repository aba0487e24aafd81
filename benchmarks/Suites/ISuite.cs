using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>What one verb of the program measures.</summary>
internal interface ISuite
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>The names of its cases, which <c>--only</c> chooses from.</summary>
    IEnumerable<string> Cases { get; }

    /// <summary>Measures; each row comes as soon as it is there.</summary>
    IEnumerable<Row> Run(Options options, MachineLimits limits);
}
