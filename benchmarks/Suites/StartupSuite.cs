using NeuralNet.Benchmarks.Limits;
using NeuralNet.Benchmarks.Peers;
using NeuralNet.Benchmarks.Reports;
using NeuralNet.Benchmarks.Startup;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>From the start of a program to its end: the 2,000 steps of the README's program, published in each way, and the same in PyTorch.</summary>
internal sealed class StartupSuite : ISuite
{
    // Of each program in a round: a run is short, and what the machine does besides weighs more than in a block of steps.
    private const int RunsPerRound = 4;

    public string Name => "startup";

    public IEnumerable<string> Cases => Publishing.All.Select(way => way.Name);

    public IEnumerable<Row> Run(Options options, MachineLimits limits)
    {
        string folder = Directory.CreateTempSubdirectory("startup").FullName;
        try
        {
            var ours = new List<(string Name, StartedProgram Program)>();
            foreach (Publishing way in Publishing.All.Where(way => options.Wants(way.Name)))
            {
                if (Published(way, Path.Combine(folder, $"{ours.Count}")) is StartedProgram program)
                {
                    ours.Add((way.Name, program));
                }
            }

            StartedProgram? peer = options.Peers ? PyTorch() : null;
            StartedProgram[] all = [.. ours.Select(one => one.Program), .. peer is null ? Array.Empty<StartedProgram>() : [peer]];
            for (int run = -1; run < RunsPerRound * options.Rounds; run++)
            {
                foreach (StartedProgram program in all)
                {
                    program.Run(counts: run >= 0);
                }
            }

            Dictionary<string, PeerFigure> peers = peer is null ? [] : new() { ["PyTorch"] = new(peer.Median, "") };
            return [.. ours.Select(one => new Row(Name, one.Name, "ms", one.Program.Median, peers, null) { Spread = one.Program.Spread })];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A system's own Python has the distribution's packages; another one may come first on the PATH.
    private static StartedProgram? PyTorch()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Peers", "Programs", "xor_torch.py");
        StartedProgram first = new("python3", path), second = new("/usr/bin/python3", path);
        return Problem(() => first.Run(counts: false)) is null ? first
            : Problem(() => second.Run(counts: false)) is not string problem ? second
            : LeftOut("PyTorch", problem);
    }

    private static StartedProgram? Published(Publishing way, string folder)
    {
        StartedProgram? program = null;
        return Problem(() => program = way.Into(folder)) is string problem ? LeftOut(way.Name, problem) : program;
    }

    private static StartedProgram? LeftOut(string what, string why)
    {
        Console.Error.WriteLine($"{what} is left out: {why}");
        return null;
    }

    private static string? Problem(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (PeerException error)
        {
            return error.Message.Split('\n')[^1];
        }
    }
}
