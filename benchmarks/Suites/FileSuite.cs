using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Reports;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>Weights written to files and read from them, beside plain copies of as many bytes; in a folder that is there only meanwhile.</summary>
internal sealed class FileSuite : ISuite
{
    public string Name => "io";

    public IEnumerable<string> Cases => FileCases.All("").Select(work => work.Name);

    public IEnumerable<Row> Run(Options options, MachineLimits limits)
    {
        string folder = Directory.CreateTempSubdirectory("neuralnet-").FullName;
        try
        {
            foreach (Row row in new TimedSuite(Name, FileCases.All(folder)).Run(options, limits))
            {
                yield return row;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
