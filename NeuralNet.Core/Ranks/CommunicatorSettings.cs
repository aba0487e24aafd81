namespace NeuralNet.Core.Ranks;

/// <summary>How <see cref="Communicator.Start"/> connects the ranks of a job.</summary>
public sealed record CommunicatorSettings
{
    /// <summary>The time after which a rank that is waited for counts as lost, unless it is said: 25 s.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(25);

    /// <summary>The library: <c>auto</c>, <c>alone</c>, <c>openmpi</c>, <c>mpich</c>, <c>intel</c>, <c>abi</c> (the standard ABI of MPI 5), or the path of a file. Null, the
    /// default: what <see cref="Communicator.LibraryVariable"/> says, else <c>auto</c>.</summary>
    public string? Library { get; init; }

    /// <summary>How long the other ranks wait for one before the job is ended: above zero. Null, the default: what <see cref="Communicator.TimeoutVariable"/> says in seconds, else
    /// <see cref="DefaultTimeout"/>. It must be longer than what one rank ever does alone, such as writing a checkpoint.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time for which ranks wait for another must be above zero.");
    }

    /// <summary>Whether the processors of a machine are divided among its ranks, each getting as many threads of the kernels (<see cref="Operations.ComputeThreads"/>); true by
    /// default. Where <see cref="Operations.ComputeThreads.EnvironmentVariable"/> is set, that holds.</summary>
    public bool DividesThreads { get; init; } = true;
}
