using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Training.Ranks;

/// <summary>What the ranks tell each other at the end of each step: where they are, whether somebody wants to end the training, and which parameters a backward pass has reached.</summary>
/// <param name="buckets">The gradients.</param>
/// <param name="size">How many ranks there are.</param>
internal sealed class StepAgreement<T>(IReadOnlyList<GradientBucket<T>> buckets, int size) : CommunicationWork where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Step = 0, Stop = 1, FirstWord = 2;

    private readonly int[] _own = new int[FirstWord + ((buckets.Sum(bucket => bucket.Parameters.Count) + 31) / 32)];
    private readonly int[] _all = new int[size * (FirstWord + ((buckets.Sum(bucket => bucket.Parameters.Count) + 31) / 32))];

    /// <summary>Steps that this rank has taken.</summary>
    public long Steps { get; set; }

    /// <summary>Whether this rank wants to end the training.</summary>
    public bool WantsToStop { get; set; }

    /// <summary>Whether any rank wants to: the same on all.</summary>
    public bool IsStopAgreed { get; private set; }

    /// <inheritdoc/>
    protected override void Run(ICommunicator ranks)
    {
        Array.Clear(_own);
        (_own[Step], _own[Stop]) = ((int)Steps, WantsToStop ? 1 : 0);
        int place = 0;
        foreach (GradientBucket<T> bucket in buckets)
        {
            foreach (bool wasReached in bucket.WasReached)
            {
                _own[FirstWord + (place / 32)] |= (wasReached ? 1 : 0) << (place % 32);
                place++;
            }
        }

        ranks.AllGather<int>(_own, _all);
        IsStopAgreed = false;
        for (int rank = 0; rank < size; rank++)
        {
            ReadOnlySpan<int> of = _all.AsSpan(rank * _own.Length, _own.Length);
            if (of[Step] != _all[Step])
            {
                throw new InvalidOperationException($"Rank {rank} has taken {of[Step]} steps and rank 0 {_all[Step]}: they do not take the same ones.");
            }

            IsStopAgreed |= of[Stop] != 0;
            for (int word = FirstWord; word < _own.Length; word++)
            {
                _own[word] |= of[word];
            }
        }

        place = 0;
        foreach (GradientBucket<T> bucket in buckets)
        {
            for (int i = 0; i < bucket.WasReached.Length; i++, place++)
            {
                // What no rank has reached is to stay as it is, and not to move on its velocity.
                if ((_own[FirstWord + (place / 32)] >> (place % 32) & 1) == 0)
                {
                    bucket.Parameters[i].Parameter.ZeroGradient();
                }
            }
        }
    }
}
