using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Training.Ranks;

/// <summary>Some gradients that are added over the ranks together: a large one where it lies, small ones side by side in a buffer.</summary>
/// <param name="parameters">The parameters, one or more.</param>
internal sealed class GradientBucket<T>(IReadOnlyList<NamedParameter<T>> parameters) : CommunicationWork where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _buffer = parameters.Count > 1 ? new T[parameters.ElementCount()] : [];

    /// <summary>The parameters.</summary>
    public IReadOnlyList<NamedParameter<T>> Parameters => parameters;

    /// <summary>Whether a backward pass of this rank reached each of them, as the bucket was sent.</summary>
    public bool[] WasReached { get; } = new bool[parameters.Count];

    /// <summary>Whether it was sent in this step.</summary>
    public bool IsSent { get; set; }

    /// <summary>Parameters of it of which this step's backward pass has more to say.</summary>
    public int Missing { get; set; }

    /// <inheritdoc/>
    protected override void Run(ICommunicator ranks)
    {
        for (int i = 0; i < WasReached.Length; i++)
        {
            WasReached[i] = !parameters[i].Parameter.IsGradientZero;
        }

        if (parameters.Count == 1)
        {
            ranks.AllReduce(parameters[0].Parameter.Gradient.AsSpan());
            return;
        }

        parameters.GatherGradients(_buffer);
        ranks.AllReduce<T>(_buffer);
        parameters.ScatterGradients(_buffer);
    }
}
