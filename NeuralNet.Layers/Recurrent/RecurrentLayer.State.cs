using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Recurrent;

/// <content>The state that passes with a cache carry over, where they are told to.</content>
public abstract partial class RecurrentLayer<T>
{
    // Where a cache says that it carries the state of this layer: the layer, whether it does, and of how many samples, beginning with 1 for none; 0 before the first pass.
    private const int MarkLength = 4, OwnerMark = 0, CarriesMark = 1, SamplesMark = 2, Carries = 0x5EC0;

    /// <summary>From now on the passes with a cache go on from each other, beginning with zeros.</summary>
    /// <exception cref="InvalidOperationException">The layer reads both directions.</exception>
    internal void StartState(Cache<T> cache)
    {
        if (IsBidirectional)
        {
            throw new InvalidOperationException($"{this} cannot carry its state over: it reads sequences from both ends, so it needs the whole of each.");
        }

        Span<int> mark = Mark(cache);
        (mark[OwnerMark], mark[CarriesMark], mark[SamplesMark]) = (RuntimeHelpers.GetHashCode(this), Carries, 0);
    }

    /// <summary>From now on each pass with a cache begins with zeros again.</summary>
    internal static void StopState(Cache<T> cache) => Mark(cache).Clear();

    // Where the state is kept, if it is carried; what the pass begins with, if there has been one before.
    private Matrix<T>? Carried(Gate<T> gate, SequenceBatch<T> batch, ref Matrix<T>? state)
    {
        Span<int> mark = Mark(batch.Cache);
        if (mark[CarriesMark] != Carries || mark[OwnerMark] != RuntimeHelpers.GetHashCode(this))
        {
            return null;
        }

        if (state is not null)
        {
            throw new InvalidOperationException($"{gate} was given a state to begin with, but this cache carries one over. Call RecurrentState.Stop first.");
        }

        Matrix<T> carried = batch.Cache.Buffer(StateSlot, batch.Samples, StateSize);
        if (mark[SamplesMark] > 0)
        {
            if (mark[SamplesMark] != batch.Samples + 1)
            {
                throw new InvalidOperationException(
                    $"{gate} carries the state of {mark[SamplesMark] - 1} samples over, and got {batch.Samples}: the sequences that go on must be the same ones. Call RecurrentState.Start for new ones.");
            }

            state = carried;
        }

        mark[SamplesMark] = batch.Samples + 1;
        return carried;
    }

    private static Span<int> Mark(Cache<T> cache) => MemoryMarshal.Cast<T, int>(cache.Buffer(MarkSlot, 1, MarkLength).AsSpan());
}
