using System.Diagnostics;
using BenchmarkDotNet.Running;
using NeuralNet.Benchmarks;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Jobs;
using NeuralNet.Benchmarks.Kernels;
using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Ranks;
using NeuralNet.Benchmarks.Reports;
using NeuralNet.Benchmarks.Suites;

if (args is ["serve"])
{
    Server.Run(Console.In, Console.Out);
    return 0;
}

if (args is [RankChild.Verb, _, _])
{
    RankChild.Run(args);
    return 0;
}

if (args is [ClusterPlot.Verb, string plot])
{
    ClusterPlot.Write(plot);
    return 0;
}

if (args is ["kernels", ..])
{
    bool hasRun = BenchmarkSwitcher.FromAssembly(typeof(Options).Assembly).Run(args[1..], new KernelConfig()).Any();
    return hasRun || args.Any(argument => argument is "--help" or "--list" or "--info" or "--version") ? 0 : 2;
}

string[] verbs = ["gemm", "step", "epoch", "infer", "conv", "recurrent", "attention", "alloc", "scaling", "trainer", "ranks", "io", "startup", "all"];
string usage =
    $"""
    usage: dotnet run -c Release --project benchmarks -- VERB [options]

      VERB          {string.Join(" | ", verbs)}
                    or kernels [arguments of BenchmarkDotNet]
                    or cluster FILE, which writes the plot of docs/cluster.md and prints its table

      --peers       the same work by OpenBLAS, MKL, libtorch, PyTorch and NumPy, whichever are installed
      --json FILE   write the results as a list of rows
      --data DIR    the folder with the four files of MNIST; epoch needs it
      --only TEXT   only the cases with this text in their names
      --rounds N    blocks a contestant and case, {Options.DefaultRounds} if not given
      --help        this
    """;
if (args.Any(argument => argument is "--help" or "-h"))
{
    Console.WriteLine(usage);
    return 0;
}

try
{
    Measure(Options.Parse(args, verbs));
    return 0;
}
catch (UsageException failure)
{
    Console.Error.WriteLine(failure.IsAboutTheLine ? $"{failure.Message}\n\n{usage}" : $"error: {failure.Message}");
    return 2;
}

static void Measure(Options options)
{
    ISuite[] suites =
    [
        new TimedSuite("gemm", GemmCases.All()),
        new TimedSuite("step", NetworkCases.Steps()),
        .. options.Data is null ? Array.Empty<ISuite>() : [new TimedSuite("epoch", [NetworkCases.Epoch(options.Data)])],
        new TimedSuite("infer", NetworkCases.Inferences()),
        new TimedSuite("conv", ConvolutionCases.All()),
        new TimedSuite("recurrent", SequenceNetwork.All()),
        new TimedSuite("attention", TextModelCases.All()),
        new AllocationSuite(),
        new ScalingSuite(),
        new TrainerSuite(),
        new RanksSuite(),
        new FileSuite(),
        new StartupSuite(),
    ];
    suites = [.. suites.Where(suite => options.Verb is "all" || options.Verb == suite.Name)];
    string[] names = [.. suites.SelectMany(suite => suite.Cases).Distinct()];
    if (!names.Any(options.Wants))
    {
        throw new UsageException($"--only: no case of {options.Verb} has '{options.Only}' in its name. The cases are:\n  {string.Join("\n  ", names)}", isAboutTheLine: false);
    }

    long start = Stopwatch.GetTimestamp();
    MachineLimits limits = MachineLimits.Measure();
    var rows = new List<Row>();
    foreach (Row row in limits.Rows().Concat(suites.SelectMany(suite => suite.Run(options, limits))))
    {
        TextReport.Print(row);
        rows.Add(row);
    }

    if (options.Json is not null)
    {
        try
        {
            JsonReport.Write(options.Json, rows);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--json: the rows above could not be written to '{options.Json}': {error.Message}", isAboutTheLine: false);
        }
    }

    Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    if (QuietMachine.Disturbed > 0)
    {
        Console.WriteLine($"Other programs, or a host that shares its cores, disturbed {QuietMachine.Disturbed} blocks again and again: measure on a quiet machine.");
    }
}
