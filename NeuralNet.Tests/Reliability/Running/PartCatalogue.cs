using NeuralNet.Tests.Reliability.GuardPages;
using NeuralNet.Tests.Reliability.Readers;
using NeuralNet.Tests.Reliability.Training;

namespace NeuralNet.Tests.Reliability.Running;

/// <summary>The parts of the reliability program.</summary>
internal static class PartCatalogue
{
    /// <summary>All that are worth doing.</summary>
    public static IReadOnlyList<Part> All { get; } = [new GuardPagePart(), new ReaderPart(), new FuzzPart(), new SoakPart(), new ThreadPart(), new ProcessPart(), new KillPart()];

    /// <summary>Deliberate faults, by which tests see that the program notices them.</summary>
    public static IReadOnlyList<Part> Faults { get; } =
    [
        new FaultPart("read-behind", "reads the first element behind a buffer"),
        new FaultPart("write-before", "writes the last element before a buffer"),
        new FaultPart("write-beside", "writes between a buffer and the end of its page"),
        new FaultPart("hang", "never comes back"),
        new FaultPart("differ", "gives another result in each process"),
    ];

    /// <summary>The part of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Part Find(string name) =>
        All.Concat(Faults).FirstOrDefault(part => part.Name == name) ?? throw new UsageException($"'{name}' is neither a part nor an option.");
}
