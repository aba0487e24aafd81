using System.Globalization;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers.Mpi;

namespace NeuralNet.Core.Ranks;

/// <summary>Connects the ranks of a job: the processes that <c>mpirun</c>, <c>mpiexec</c> or <c>srun</c> has started, by the MPI library of the system; or this process alone.</summary>
/// <remarks>
/// <para><b>The library</b> is looked for at run time: Open MPI 4 and 5, MPICH 3.1 to 4 and what has its ABI (Intel MPI, MVAPICH, Cray), and the standard ABI of MPI 5. Which one is taken
/// depends on who has started the process (its environment tells), unless <see cref="CommunicatorSettings.Library"/> or <see cref="LibraryVariable"/> says. Nothing is loaded
/// where nobody has started several.</para>
/// <para><b>One a process</b>: MPI can be started and ended once.</para>
/// <para><b>The end.</b> Dispose it on all ranks; where a rank ends by an exception, or ends while others still wait for it, the whole job ends with a message that names it.</para>
/// </remarks>
public static class Communicator
{
    /// <summary>The environment variable that names the library: <c>NEURALNET_MPI</c>.</summary>
    public const string LibraryVariable = "NEURALNET_MPI";

    /// <summary>The environment variable that says, in seconds, how long a rank is waited for: <c>NEURALNET_MPI_TIMEOUT</c>.</summary>
    public const string TimeoutVariable = "NEURALNET_MPI_TIMEOUT";

    private static ICommunicator? _started;

    /// <summary>The names that <see cref="LibraryVariable"/> takes, beside the path of a file.</summary>
    public static IReadOnlyList<string> Libraries { get; } = ["auto", "alone", "openmpi", "mpich", "intel", "abi"];

    /// <summary>Connects this process with the others of its job.</summary>
    /// <param name="settings">How; null for the defaults.</param>
    /// <returns>The ranks; one that is alone where nobody has started several.</returns>
    /// <exception cref="ArgumentException">There is no library of that name, or the timeout of the environment is no number above 0.</exception>
    /// <exception cref="PlatformNotSupportedException">The library is not there, the message says how to get it; or it cannot do what is needed.</exception>
    /// <exception cref="InvalidOperationException">The library and the launcher do not go together; or MPI was started in this process before.</exception>
    public static ICommunicator Start(CommunicatorSettings? settings = null)
    {
        settings ??= new CommunicatorSettings();
        Launcher launcher = Launcher.Find(Environment.GetEnvironmentVariable);
        string? ofEnvironment = Environment.GetEnvironmentVariable(LibraryVariable);
        string library = settings.Library ?? (string.IsNullOrWhiteSpace(ofEnvironment) ? "auto" : ofEnvironment.Trim());
        string asked = settings.Library is not null ? "asked for by the program" : $"asked for by {LibraryVariable}";
        if (library.Equals("alone", StringComparison.OrdinalIgnoreCase))
        {
            return new AloneCommunicator(asked);
        }

        bool isAutomatic = library.Equals("auto", StringComparison.OrdinalIgnoreCase);
        if (isAutomatic && launcher.Size == 1)
        {
            return new AloneCommunicator(launcher.Name.Length == 0 ? "as no mpirun or srun has started this process" : $"as {launcher.Name} has started one process");
        }

        if (_started is not null)
        {
            throw new InvalidOperationException("MPI was started in this process before, and can be only once: keep what Start has returned.");
        }

        MpiFunctions mpi = isAutomatic ? MpiLibraries.For(launcher) : MpiLibraries.Named(library, Libraries);
        string reason = isAutomatic ? $"as {launcher.Name} has started the job" : asked;
        var ranks = new MpiCommunicator(mpi, launcher, settings.Timeout ?? TimeoutOfEnvironment(), reason);
        _started = ranks;
        if (settings.DividesThreads && Environment.GetEnvironmentVariable(ComputeThreads.EnvironmentVariable) is null)
        {
            ComputeThreads.Count = Math.Max(1, Environment.ProcessorCount / ranks.SharersOfProcessors);
        }

        return ranks;
    }

    /// <summary>The numbers of all ranks, of which each may have as many as it likes.</summary>
    /// <typeparam name="T">Any type without references.</typeparam>
    /// <param name="ranks">The ranks.</param>
    /// <param name="own">This rank's.</param>
    /// <returns>Those of each rank, in their order.</returns>
    public static T[][] Gather<T>(this ICommunicator ranks, ReadOnlySpan<T> own) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(ranks);
        int[] lengths = new int[ranks.Size];
        ranks.AllGather([own.Length], lengths);
        int longest = lengths.Max();
        T[] padded = new T[longest], all = new T[checked(longest * ranks.Size)];
        own.CopyTo(padded);
        ranks.AllGather<T>(padded, all);
        return [.. lengths.Select((length, rank) => all.AsSpan(rank * longest, length).ToArray())];
    }

    private static TimeSpan TimeoutOfEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable(TimeoutVariable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return CommunicatorSettings.DefaultTimeout;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException($"{TimeoutVariable} says how many seconds a rank is waited for, a number above 0, such as 60; got '{text}'.");
    }
}
