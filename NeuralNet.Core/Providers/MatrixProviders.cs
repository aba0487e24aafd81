using MathNet.Numerics.Providers.LinearAlgebra;
using NeuralNet.Core.Kernels;

namespace NeuralNet.Core.Providers;

/// <summary>Which provider computes the matrix products of this process, and why.</summary>
/// <remarks>
/// <para>The choice is made once, at the first product or call here: by <see cref="Use"/>, else by the environment variable
/// <see cref="EnvironmentVariable"/>, else <c>auto</c>. <c>auto</c> takes MKL where the CPU is Intel's (on others it runs below its full
/// vector width, and is not looked for) and MKL is installed, and the project's own SIMD kernels otherwise.</para>
/// <para>Looking for a native library, here or for an error message, loads it and calls nothing of it; one that lacks a function counts as not
/// installed. It is started when it is chosen.</para>
/// <para><b>Threads.</b> Safe from several threads; change the provider while no training runs.</para>
/// </remarks>
public static class MatrixProviders
{
    /// <summary>The environment variable that names the provider: <c>NEURALNET_PROVIDER</c>.</summary>
    public const string EnvironmentVariable = "NEURALNET_PROVIDER";

    // Whoever chooses or looks for a provider holds it; reading the choice takes no lock.
    private static readonly Lock ChoiceLock = new();
    private static readonly Dictionary<string, Candidate> Found = [];
    private static volatile Choice? _choice;

    /// <summary>The names that <see cref="Use"/> and the environment variable take.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "simd", "mkl", "openblas", "managed"];

    /// <summary>The provider in use.</summary>
    /// <exception cref="ArgumentException">The environment variable holds an unknown name.</exception>
    /// <exception cref="PlatformNotSupportedException">The provider it names is not installed.</exception>
    public static MatrixProvider Active => (_choice ?? ChooseFromEnvironment()).Provider;

    /// <summary>One line that says which provider is active, what it is, and why it was taken.</summary>
    /// <exception cref="ArgumentException">The environment variable holds an unknown name.</exception>
    /// <exception cref="PlatformNotSupportedException">The provider it names is not installed.</exception>
    public static string Explain()
    {
        Choice choice = _choice ?? ChooseFromEnvironment();
        return $"provider: {choice.Provider.Name} ({choice.Provider.Description}), {choice.Reason}";
    }

    /// <summary>Chooses the provider from now on.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    /// <exception cref="PlatformNotSupportedException">The provider is not installed; the message says how to get it.</exception>
    public static void Use(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (ChoiceLock)
        {
            _choice = Choose(name, "asked for by the program");
        }
    }

    /// <summary>The names of the providers that are installed on this machine. None is started by asking.</summary>
    public static IReadOnlyList<string> Available()
    {
        lock (ChoiceLock)
        {
            return [.. NamesHere()];
        }
    }

    /// <summary>The choice of <c>auto</c>, which looks for MKL only where it would take it.</summary>
    /// <param name="isIntel">Whether the CPU is Intel's.</param>
    /// <param name="find">Finds a provider by its name.</param>
    internal static (Candidate Candidate, string Reason) ChooseAutomatically(bool isIntel, Func<string, Candidate> find)
    {
        if (!isIntel)
        {
            return (find("simd"), "chosen because the CPU is not Intel's, on which alone MKL is at its full speed");
        }

        Candidate mkl = find("mkl");
        return mkl.IsInstalled
            ? (mkl, "chosen because it is installed and the CPU is Intel's")
            : (find("simd"), $"chosen because MKL is not installed{(mkl.Problem is null ? "" : $" ({mkl.Problem})")}");
    }

    private static Choice ChooseFromEnvironment()
    {
        lock (ChoiceLock)
        {
            string? name = Environment.GetEnvironmentVariable(EnvironmentVariable);
            return _choice ??= string.IsNullOrWhiteSpace(name) ? Choose("auto", "") : Choose(name, $"asked for by {EnvironmentVariable}");
        }
    }

    private static Choice Choose(string name, string reason)
    {
        string wanted = name.Trim().ToLowerInvariant();
        if (!Names.Contains(wanted))
        {
            throw new ArgumentException(
                $"There is no provider '{name}'. The names are {string.Join(", ", Names)}; available here: {string.Join(", ", NamesHere())}.", nameof(name));
        }

        (Candidate candidate, string why) = wanted == "auto" ? ChooseAutomatically(Processor.IsIntel, Find) : (Find(wanted), reason);
        return candidate.IsInstalled ? new Choice(candidate.Started, why) : throw new PlatformNotSupportedException(
            $"The provider '{wanted}' is not available on this machine{(candidate.Problem is null ? "" : $" ({candidate.Problem})")}; " +
            $"available here: {string.Join(", ", NamesHere())}. {HowToGet(wanted)}");
    }

    private static IEnumerable<string> NamesHere() => Names.Where(name => name != "auto" && Find(name).IsInstalled);

    // What was looked for once is remembered, also when it was not there: loading a library is slow, and the answer must not change.
    private static Candidate Find(string name)
    {
        if (!Found.TryGetValue(name, out Candidate? candidate))
        {
            candidate = name switch
            {
                "simd" => new Candidate(static () => new SimdProvider()),
                "mkl" => FindMkl(),
                "openblas" => Candidate.Of(CblasProvider.FindOpenBlas(), CblasProvider.StartOpenBlas),
                _ => new Candidate(static () => new MathNetProvider("managed", "MathNet.Numerics' managed provider", ManagedLinearAlgebraProvider.Instance)),
            };
            Found[name] = candidate;
        }

        return candidate;
    }

    // MathNet finds its MKL packages by name at run time, where the application brings them; MKL is linked into those.
    private static Candidate FindMkl()
    {
        Candidate ofSystem = Candidate.Of(CblasProvider.FindMkl(), CblasProvider.StartMkl);
        if (ofSystem.IsInstalled || !LinearAlgebraControl.TryUseNativeMKL())
        {
            return ofSystem;
        }

        ILinearAlgebraProvider ofMathNet = LinearAlgebraControl.Provider;
        return new Candidate(() => new MathNetProvider("mkl", $"MathNet's MKL package, {ofMathNet}", ofMathNet));
    }

    /// <summary>How to get a native provider that is not there.</summary>
    internal static string HowToGet(string name) => name == "mkl"
        ? "To get MKL: on Debian and Ubuntu install the package libmkl-rt; on other systems Intel's oneMKL redistributable; " +
          "or reference MathNet.Numerics.Providers.MKL and the MathNet.Numerics.MKL package of your platform. " +
          $"Looked for: {string.Join(", ", CblasProvider.MklLibraries)}."
        : "To get OpenBLAS: on Debian and Ubuntu install libopenblas0-pthread; on macOS 'brew install openblas'; on Windows put the " +
          $"release's libopenblas.dll on the PATH. Looked for: {string.Join(", ", CblasProvider.OpenBlasLibraries)}.";

    private sealed record Choice(MatrixProvider Provider, string Reason);
}
