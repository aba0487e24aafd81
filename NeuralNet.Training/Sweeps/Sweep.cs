using System.Globalization;
using System.Text;
using NeuralNet.Core.Files;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Sweeps;

/// <summary>Many trainings with other settings each, shared among the ranks of a job: each rank takes the next trial that nobody has taken, and trains it alone.</summary>
/// <example>
/// <code>
/// using ICommunicator ranks = Communicator.Start();
/// var sweep = new Sweep(ranks, "results");
/// IReadOnlyList&lt;TrialResult&gt; results = sweep.Run(space.Grid(), trial => [new("accuracy", Train(trial["rate"], (int)trial["hidden"]))]);
/// </code>
/// </example>
/// <remarks>
/// <para><b>The folder</b> is one that all ranks see. Each result is a file in it, written whole or not at all; at the end, rank 0 writes all of them in one table, <c>results.csv</c>.</para>
/// <para><b>Again.</b> Trials whose results are there do not run again: a sweep that was ended goes on, and one with more trials runs those that are new.</para>
/// <para><b>Failures.</b> A <see cref="NotFiniteNumberException"/> is the result of its trial; any other exception ends the job.</para>
/// <para><b>Same results</b> at any number of ranks: a trial depends on its settings alone.</para>
/// </remarks>
/// <param name="ranks">The ranks.</param>
/// <param name="folder">The folder; made if it does not exist.</param>
public sealed class Sweep(ICommunicator ranks, string folder)
{
    /// <summary>The name of the table in the folder.</summary>
    public const string TableName = "results.csv";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly ICommunicator _ranks = ranks ?? throw new ArgumentNullException(nameof(ranks));

    /// <summary>The folder.</summary>
    public string Folder { get; } = string.IsNullOrWhiteSpace(folder) ? throw new ArgumentException("A sweep needs a folder for its results.", nameof(folder)) : folder;

    /// <summary>Runs the trials that have no result yet, and waits until all have one.</summary>
    /// <param name="trials">The trials, the same on all ranks, each with a number of its own.</param>
    /// <param name="train">Trains one, and says what it measured.</param>
    /// <returns>The results of all trials, in their order, on all ranks.</returns>
    /// <exception cref="ArgumentException">There are no trials, or two have one number.</exception>
    /// <exception cref="InvalidDataException">A file in the folder is damaged, or of another sweep.</exception>
    public IReadOnlyList<TrialResult> Run(IReadOnlyList<Trial> trials, Func<Trial, IReadOnlyList<NamedValue>> train)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(train);
        if (trials.Count == 0 || trials.DistinctBy(trial => trial.Number).Count() < trials.Count)
        {
            throw new ArgumentException("A sweep needs a trial at least, each with a number of its own.", nameof(trials));
        }

        Directory.CreateDirectory(Folder);
        foreach (string claim in _ranks.Rank == 0 ? Directory.GetFiles(Folder, "trial-*.claim") : [])
        {
            // Of a job that was ended.
            File.Delete(claim);
        }

        _ranks.Barrier();
        foreach (Trial trial in trials)
        {
            if (TrialFile.Read(Folder, trial) is null && Claims(trial))
            {
                TrialFile.Write(Folder, ResultOf(trial, train));
            }
        }

        // Not at a barrier, at which a rank that trains for long would count as lost.
        TrialResult[] results = [.. trials.Select(AwaitResult)];
        if (_ranks.Rank == 0)
        {
            FileReplacement.Write(Path.Combine(Folder, TableName), stream => stream.Write(Encoding.UTF8.GetBytes(TableOf(results))));
        }

        return results;
    }

    private static TrialResult ResultOf(Trial trial, Func<Trial, IReadOnlyList<NamedValue>> train)
    {
        try
        {
            return new TrialResult(trial, train(trial), null);
        }
        catch (NotFiniteNumberException exception)
        {
            return new TrialResult(trial, [], exception.Message);
        }
    }

    private static string TableOf(TrialResult[] results)
    {
        string[] figures = [.. results.SelectMany(result => result.Figures.Select(figure => figure.Name)).Distinct()];
        var table = new StringBuilder(string.Join(',', ["trial", .. results[0].Trial.Settings.Select(setting => Cell(setting.Name)), .. figures.Select(Cell), "problem"])).Append('\n');
        foreach (TrialResult result in results)
        {
            IEnumerable<double> numbers = [result.Trial.Number, .. result.Trial.Settings.Select(setting => setting.Value), .. figures.Select(name => result[name])];
            table.AppendJoin(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))).Append(',').Append(Cell(result.Problem ?? "")).Append('\n');
        }

        return table.ToString();
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The file's making is one step for all machines that see the folder: one rank makes it.
    private bool Claims(Trial trial)
    {
        string claim = Path.ChangeExtension(TrialFile.Of(Folder, trial.Number), "claim");
        try
        {
            new FileStream(claim, FileMode.CreateNew).Dispose();
            return TrialFile.Read(Folder, trial) is null;
        }
        // Where there is none, the disk may be full: nobody would ever bring a result.
        catch (IOException) when (File.Exists(claim))
        {
            return false;
        }
    }

    private TrialResult AwaitResult(Trial trial)
    {
        while (true)
        {
            if (TrialFile.Read(Folder, trial) is { } result)
            {
                return result;
            }

            Thread.Sleep(Look);
        }
    }
}
