using System.Runtime.CompilerServices;

namespace NeuralNet.Core.Kernels.Randomness;

/// <summary>Four random words of 32 bits: the function Philox 4×32 with 10 rounds of a key and a counter.</summary>
/// <remarks>
/// <para>A round is, with <c>hi:lo</c> for the halves of a product of 64 bits,
/// <c>(c0, c1, c2, c3) ← (hi(M1·c2) ⊕ c1 ⊕ k0, lo(M1·c2), hi(M0·c0) ⊕ c3 ⊕ k1, lo(M0·c0))</c>; after it the key grows,
/// <c>(k0, k1) ← (k0 + W0, k1 + W1)</c>.</para>
/// <para><b>Source.</b> Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", section 4.3.</para>
/// </remarks>
/// <param name="W0">Word 0.</param>
/// <param name="W1">Word 1.</param>
/// <param name="W2">Word 2.</param>
/// <param name="W3">Word 3.</param>
internal readonly record struct PhiloxBlock(uint W0, uint W1, uint W2, uint W3)
{
    /// <summary>Rounds: 10, the number that the authors recommend.</summary>
    public const int Rounds = 10;

    /// <summary>The factor of word 0, M0.</summary>
    public const uint Factor0 = 0xD2511F53;

    /// <summary>The factor of word 2, M1.</summary>
    public const uint Factor1 = 0xCD9E8D57;

    /// <summary>What the lower half of the key grows by, W0: the golden ratio.</summary>
    public const uint KeyStep0 = 0x9E3779B9;

    /// <summary>What the upper half of the key grows by, W1: √3 − 1.</summary>
    public const uint KeyStep1 = 0xBB67AE85;

    /// <summary>Words 0 and 1 as one number, word 0 the lower half.</summary>
    public ulong Low => ((ulong)W1 << 32) | W0;

    /// <summary>Words 2 and 3 as one number, word 2 the lower half.</summary>
    public ulong High => ((ulong)W3 << 32) | W2;

    /// <summary>The words for a key and a counter.</summary>
    /// <param name="key">k0 is its lower half, k1 its upper half.</param>
    /// <param name="low">The counter's c0 (lower half) and c1.</param>
    /// <param name="high">The counter's c2 (lower half) and c3.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PhiloxBlock Of(ulong key, ulong low, ulong high)
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        uint c0 = (uint)low, c1 = (uint)(low >> 32), c2 = (uint)high, c3 = (uint)(high >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Factor0 * c0, product1 = (ulong)Factor1 * c2;
            (c0, c1) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1);
            (c2, c3) = ((uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += KeyStep0;
            k1 += KeyStep1;
        }

        return new PhiloxBlock(c0, c1, c2, c3);
    }
}
