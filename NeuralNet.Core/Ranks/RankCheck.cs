namespace NeuralNet.Core.Ranks;

/// <summary>What communicators check at entry.</summary>
internal static class RankCheck
{
    /// <summary>Throws where there is no such rank.</summary>
    public static void ThrowIfNoRank(int root, int size)
    {
        if ((uint)root >= (uint)size)
        {
            throw new ArgumentOutOfRangeException(nameof(root), root, $"There are {size} ranks, numbered from 0; got rank {root}.");
        }
    }

    /// <summary>Throws where a place for the numbers of all ranks is none.</summary>
    public static void ThrowIfNotForAll(int own, int all, int size)
    {
        if (all != (long)own * size)
        {
            throw new ArgumentException($"{own} numbers of each of {size} ranks need a place for {(long)own * size}, got {all}.", nameof(all));
        }
    }
}
