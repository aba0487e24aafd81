using NeuralNet.Core.Randomness;

namespace NeuralNet.Training.Data;

/// <summary>Random orders that are the same in every version, which those of <see cref="Random.Shuffle{T}(Span{T})"/> need not be.</summary>
internal static class Permutation
{
    /// <summary>Writes 0, 1, 2, … in an order that depends on the state of a generator alone: Fisher and Yates's shuffle from the end.</summary>
    /// <param name="order">What is filled.</param>
    /// <param name="random">The generator.</param>
    public static void Fill(Span<int> order, Philox random)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = random.Next(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}
