namespace NeuralNet.Core.Providers;

/// <summary>A provider that was looked for: it is started, once, when it is chosen.</summary>
internal sealed class Candidate
{
    private readonly Func<MatrixProvider>? _start;
    private MatrixProvider? _started;

    /// <summary>A provider that is there.</summary>
    /// <param name="start">Starts it.</param>
    public Candidate(Func<MatrixProvider> start) => _start = start;

    /// <summary>A provider that is not.</summary>
    /// <param name="problem">Why it does not count although something was found, or null.</param>
    public Candidate(string? problem) => Problem = problem;

    /// <summary>Whether it can be chosen.</summary>
    public bool IsInstalled => _start is not null;

    /// <summary>Why it does not count although something was found; else null.</summary>
    public string? Problem { get; }

    /// <summary>The provider of one that is installed.</summary>
    public MatrixProvider Started => _started ??= _start!();

    /// <summary>The provider of a native library, if that is installed.</summary>
    public static Candidate Of(SystemLibrary library, Func<SystemLibrary, MatrixProvider> start) =>
        library.IsInstalled ? new Candidate(() => start(library)) : new Candidate(library.Problem);
}
