namespace NeuralNet.Examples;

/// <summary>What a small program says about its command line.</summary>
internal static class Usage
{
    /// <summary>Says how the program is called, where the command line asks for that or is not understood. The exit code is then set: 0 or 2.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="usage">How the program is called.</param>
    /// <param name="problem">What is wrong with the command line; null for nothing.</param>
    /// <returns>Whether it was said, so that the program is at its end.</returns>
    public static bool Answers(string[] args, string usage, string? problem)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.WriteLine($"usage: {usage}");
            return true;
        }

        if (problem is null)
        {
            return false;
        }

        Console.Error.WriteLine($"error: {problem}\nusage: {usage}");
        Environment.ExitCode = 2;
        return true;
    }

    /// <summary>As <see cref="Answers(string[], string, string?)"/>, for a program that takes no arguments.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="usage">How the program is called.</param>
    public static bool Answers(string[] args, string usage) =>
        Answers(args, usage, args.Length == 0 ? null : $"'{args[0]}' is not understood; the program takes no arguments.");

    /// <summary>Whether a file can be written, found out before the work whose result it is to receive. A file that was not there is not left behind.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What is in the way; null for nothing.</returns>
    public static string? ProblemOfWriting(string path)
    {
        try
        {
            bool isNew = !File.Exists(path);
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
            {
                File.Delete(path);
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"'{path}' cannot be written: {error.Message}";
        }
    }
}
