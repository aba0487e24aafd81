using NeuralNet.Core.Ranks;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>One call of another thread, for the communicator's to do.</summary>
internal sealed unsafe class MpiCall(MpiCommunicator ranks) : CommunicationWork
{
    private Kind _kind;
    private byte* _numbers, _all;
    private long _length;
    private int _root;

    /// <summary>What can be called.</summary>
    internal enum Kind
    {
        Start,
        Broadcast,
        SumOfSingles,
        SumOfDoubles,
        AllGather,
        Barrier,
        Leave,
    }

    /// <summary>What starting consists of.</summary>
    public Action? Starts { get; set; }

    /// <summary>Says what is to be done.</summary>
    public void Set(Kind kind, byte* numbers, long length, byte* all, int root)
    {
        (_kind, _length, _root) = (kind, length, root);
        _numbers = numbers;
        _all = all;
    }

    /// <inheritdoc/>
    protected override void Run(ICommunicator communicator)
    {
        switch (_kind)
        {
            case Kind.Start:
                Starts!();
                break;
            case Kind.Leave:
                ranks.Leave();
                break;
            default:
                ranks.Collectives.Do(_kind, _numbers, _length, _all, _root);
                break;
        }
    }
}
