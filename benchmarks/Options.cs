using System.Globalization;
using NeuralNet.Training.Data;

namespace NeuralNet.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Verb">What to measure.</param>
internal sealed record Options(string Verb)
{
    public const int DefaultRounds = 5;

    /// <summary>Whether the peers do the same work in the same sitting.</summary>
    public bool Peers { get; private init; }

    /// <summary>The file for the rows, or null.</summary>
    public string? Json { get; private init; }

    /// <summary>The folder with MNIST, or null.</summary>
    public string? Data { get; private init; }

    /// <summary>Text that a case's name must contain, or null for all.</summary>
    public string? Only { get; private init; }

    /// <summary>Blocks of each contestant in each case, 1 or more.</summary>
    public int Rounds { get; private init; } = DefaultRounds;

    /// <summary>Whether the case was asked for.</summary>
    public bool Wants(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">Something in it is unknown or incomplete.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments, IReadOnlyCollection<string> verbs)
    {
        if (arguments.Length == 0)
        {
            throw new UsageException("Say what to measure.");
        }

        var options = new Options(arguments[0]);
        if (!verbs.Contains(options.Verb))
        {
            throw new UsageException($"'{options.Verb}' is not something to measure.");
        }

        for (int i = 1; i < arguments.Length; i++)
        {
            string name = arguments[i];
            string Value(ReadOnlySpan<string> all) =>
                ++i < all.Length && all[i].Length > 0 && !all[i].StartsWith("--", StringComparison.Ordinal) ? all[i] : throw new UsageException($"{name} needs a value.");
            options = name switch
            {
                "--peers" => options with { Peers = true },
                "--json" => options with { Json = Writable(Value(arguments)) },
                "--data" => options with { Data = FolderOfMnist(Value(arguments)) },
                "--only" => options with { Only = Value(arguments) },
                "--rounds" => options with { Rounds = Positive(Value(arguments)) },
                _ => throw new UsageException($"'{name}' is not an option."),
            };
        }

        return options.Verb == "epoch" && options.Data is null ? throw new UsageException("epoch needs --data DIR with the files of MNIST.") : options;
    }

    // Found out before minutes of measuring, not after them.
    private static string Writable(string path)
    {
        try
        {
            bool isNew = !File.Exists(path);
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
            {
                File.Delete(path);
            }

            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--json: '{path}' cannot be written: {error.Message}", isAboutTheLine: false);
        }
    }

    private static string FolderOfMnist(string path)
    {
        try
        {
            MnistFolder.Load<float>(path);
            return Path.GetFullPath(path);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UsageException($"--data: {error.Message}", isAboutTheLine: false);
        }
    }

    private static int Positive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : throw new UsageException($"--rounds needs a number of 1 or more, got '{text}'.");
}
