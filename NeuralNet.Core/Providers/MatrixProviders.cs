using MathNet.Numerics.Providers.LinearAlgebra;
using NeuralNet.Core.Kernels;

namespace NeuralNet.Core.Providers;

/// <summary>Which provider computes the matrix products of this process, and why.</summary>
/// <remarks>
/// <para>The choice is made once, at the first product or call here: by <see cref="Use"/>, else by the environment variable
/// <see cref="EnvironmentVariable"/>, else <c>auto</c>. <c>auto</c> takes MKL where it is installed and the CPU is Intel's
/// (on others it runs below its full vector width), and the project's own SIMD kernels otherwise.</para>
/// <para><b>Threads.</b> Safe from several threads; change the provider while no training runs.</para>
/// </remarks>
public static class MatrixProviders
{
    /// <summary>The environment variable that names the provider: <c>NEURALNET_PROVIDER</c>.</summary>
    public const string EnvironmentVariable = "NEURALNET_PROVIDER";

    // Whoever chooses or looks for a provider holds it; reading the choice takes no lock.
    private static readonly Lock ChoiceLock = new();
    private static readonly Dictionary<string, MatrixProvider?> Found = [];
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

    /// <summary>The names of the providers that work on this machine.</summary>
    public static IReadOnlyList<string> Available()
    {
        lock (ChoiceLock)
        {
            return [.. Names.Where(name => name != "auto" && Find(name) is not null)];
        }
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
                $"There is no provider '{name}'. The names are {string.Join(", ", Names)}; available here: {AvailableHere()}.", nameof(name));
        }

        if (wanted == "auto")
        {
            return ChooseAutomatically();
        }

        return Find(wanted) is { } provider
            ? new Choice(provider, reason)
            : throw new PlatformNotSupportedException(
                $"The provider '{wanted}' is not available on this machine; available here: {AvailableHere()}. {HowToGet(wanted)}");
    }

    private static Choice ChooseAutomatically()
    {
        MatrixProvider? mkl = Find("mkl");
        if (mkl is not null && Processor.IsIntel)
        {
            return new Choice(mkl, "chosen because it is installed and the CPU is Intel's");
        }

        return new Choice(Find("simd")!, mkl is null
            ? "chosen because MKL is not installed"
            : "chosen because MKL, though installed, is at its full speed on Intel's CPUs only");
    }

    private static string AvailableHere() => string.Join(", ", Names.Where(name => name != "auto" && Find(name) is not null));

    // What was looked for once is remembered, also when it was not there: loading a library is slow, and the answer must not change.
    private static MatrixProvider? Find(string name)
    {
        if (!Found.TryGetValue(name, out MatrixProvider? provider))
        {
            provider = name switch
            {
                "simd" => new SimdProvider(),
                "mkl" => (MatrixProvider?)CblasProvider.TryLoadMkl() ?? TryLoadMathNetMkl(),
                "openblas" => CblasProvider.TryLoadOpenBlas(),
                _ => new MathNetProvider("managed", "MathNet.Numerics' managed provider", ManagedLinearAlgebraProvider.Instance),
            };
            Found[name] = provider;
        }

        return provider;
    }

    // MathNet finds its MKL packages by name at run time, where the application brings them.
    private static MathNetProvider? TryLoadMathNetMkl() =>
        LinearAlgebraControl.TryUseNativeMKL()
            ? new MathNetProvider("mkl", $"MathNet's MKL package, {LinearAlgebraControl.Provider}", LinearAlgebraControl.Provider)
            : null;

    /// <summary>How to get a native provider that is not there.</summary>
    internal static string HowToGet(string name) => name == "mkl"
        ? "To get MKL: on Debian and Ubuntu install the package libmkl-rt; on other systems Intel's oneMKL redistributable; " +
          "or reference MathNet.Numerics.Providers.MKL and the MathNet.Numerics.MKL package of your platform. " +
          $"Looked for: {string.Join(", ", CblasProvider.MklLibraries)}."
        : "To get OpenBLAS: on Debian and Ubuntu install libopenblas0-pthread; on macOS 'brew install openblas'; on Windows put the " +
          $"release's libopenblas.dll on the PATH. Looked for: {string.Join(", ", CblasProvider.OpenBlasLibraries)}.";

    private sealed record Choice(MatrixProvider Provider, string Reason);
}
