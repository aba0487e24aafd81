using NeuralNet.Benchmarks.Cases;

namespace NeuralNet.Benchmarks.Peers;

/// <summary>Something that does the same work as we do, ourselves included.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Kinds">The kinds of work it does, as in <see cref="Case.Kind"/>.</param>
/// <param name="Settings">The settings to measure it in.</param>
/// <param name="Commands">Finds the command lines to try, the first that starts is used; throws <see cref="PeerException"/> where there is none.</param>
internal sealed record Peer(string Name, IReadOnlyList<string> Kinds, IReadOnlyList<Setting> Settings, Func<IReadOnlyList<string[]>> Commands)
{
    /// <summary>Ours is what the others are compared with.</summary>
    public bool IsOurs { get; init; }

    /// <summary>What follows the kind of work where the peer does it in a way of its own.</summary>
    public string KindSuffix { get; init; } = "";

    /// <summary>The line of the protocol that describes the work.</summary>
    public string Work(Case work) => $"{work.Kind}{KindSuffix} {work.Arguments}";

    /// <summary>Starts it in one setting.</summary>
    /// <exception cref="PeerException">It is not installed.</exception>
    public PeerProcess Start(Setting setting)
    {
        PeerException? failure = null;
        foreach (string[] command in Commands())
        {
            try
            {
                return new PeerProcess(command, setting, keepEnvironment: IsOurs);
            }
            catch (PeerException exception)
            {
                failure = exception;
            }
        }

        throw failure ?? new PeerException("it has no program");
    }
}
