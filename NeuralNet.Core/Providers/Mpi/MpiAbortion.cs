using NeuralNet.Core.Ranks;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>Wakes the communicator's thread to end the job.</summary>
internal sealed class MpiAbortion(MpiWatch watch) : CommunicationWork
{
    /// <inheritdoc/>
    protected override void Run(ICommunicator ranks) => watch.EndIfAsked();
}
