using NeuralNet.Core.Kernels.Randomness;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Tests.Core.Randomness;

internal sealed class PhiloxTests
{
    // The known answers for philox4x32 with 10 rounds that come with Random123, the authors' program: counter and key, words.
    [TestCase(0ul, 0ul, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [TestCase(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [TestCase(0x85a308d3_243f6a88ul, 0x03707344_13198a2eul, 0x299f31d0_a4093822ul, 0xd16cfe09u, 0x94fdcceBu, 0x5001e420u, 0x24126ea1u)]
    public void Block_KnownCounterAndKey_GivesTheKnownWords(ulong low, ulong high, ulong key, uint w0, uint w1, uint w2, uint w3)
    {
        PhiloxBlock.Of(key, low, high).ShouldBe(new PhiloxBlock(w0, w1, w2, w3));

        var random = new Philox(0) { State = new PhiloxState(key, new UInt128(high, low), 0) };
        byte[] bytes = new byte[16];
        random.NextBytes(bytes);
        Enumerable.Range(0, 4).Select(i => BitConverter.ToUInt32(bytes, 4 * i)).ShouldBe([w0, w1, w2, w3]);
    }

    // Words of seed 0: 6627e8d5 e169c58d bc57ac4c 9b00dbd8 (the first known answer).
    [Test]
    public void Draws_OfSeedZero_AreTheKnownWordsScaled()
    {
        new Philox(0).NextSingle().ShouldBe(0x6627e8 / 16777216f);
        new Philox(0).NextDouble().ShouldBe((0xe169c58d_6627e8d5 >> 11) / 9007199254740992.0);
        var random = new Philox(0);
        random.Next(1000).ShouldBe((int)((0x6627e8d5UL * 1000) >> 32));
        random.NextDouble().ShouldBe((0x9b00dbd8_bc57ac4c >> 11) / 9007199254740992.0, "the word at position 1 is left out");
    }

    [Test]
    public void Constructor_IntAndUnsignedSeedOfOneValue_AreTheSame()
    {
        int negative = -1;
        new Philox(7).State.ShouldBe(new Philox(7ul).State);
        new Philox(negative).State.ShouldBe(new Philox(ulong.MaxValue).State);
    }

    [Test]
    public void Next_OutOfRange_IsRefusedAsByRandom()
    {
        var random = new Philox(1);
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => random.NextInt64(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => random.NextInt64(2, 1));
        random.Next(0).ShouldBe(0);
        random.Next(5, 5).ShouldBe(5);
        random.NextInt64(0).ShouldBe(0);
        random.NextInt64(-5, -5).ShouldBe(-5);
    }

    [Test]
    public void Next_WidestRanges_StayInsideAndReachBothHalves()
    {
        var random = new Philox(1);
        int[] ints = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(int.MinValue, int.MaxValue))];
        long[] longs = [.. Enumerable.Range(0, 1000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
        ints.Count(value => value < 0).ShouldBeInRange(400, 600); // 500 ± 6 standard deviations of 16
        longs.Count(value => value < 0).ShouldBeInRange(400, 600);
        for (int i = 0; i < 1000; i++)
        {
            random.Next().ShouldBeInRange(0, int.MaxValue - 1);
            random.NextInt64().ShouldBeInRange(0, long.MaxValue - 1);
            random.Next(-3, 4).ShouldBeInRange(-3, 3);
            random.NextInt64(-3, 4).ShouldBeInRange(-3, 3);
        }
    }

    // χ² of 9 degrees of freedom is above 27.9 with a probability of 0.001.
    [TestCase(false)]
    [TestCase(true)]
    public void Next_TenValues_AreEquallyFrequent(bool wide)
    {
        var random = new Philox(3);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++)
        {
            counts[wide ? random.NextInt64(10) : random.Next(10)]++;
        }

        ChiSquare(counts).ShouldBeLessThan(27.9);
    }

    // Of 2³² words, 3·2³⁰ values get one or two each: without refusing words, those that are 0 modulo 3 would come twice as often as the others.
    // The same with 2⁶⁴ and 3·2⁶².
    [TestCase(false)]
    [TestCase(true)]
    public void Next_LimitThatIsNoFractionOfTheWords_IsFair(bool wide)
    {
        var random = new Philox(4);
        int[] counts = new int[3];
        for (int i = 0; i < 60_000; i++)
        {
            Int128 value = wide
                ? (Int128)random.NextInt64(long.MinValue, 1L << 62) - long.MinValue
                : random.Next(int.MinValue, 1 << 30) - (long)int.MinValue;
            counts[(int)(value % 3)]++;
        }

        ChiSquare(counts).ShouldBeLessThan(13.8); // 2 degrees of freedom, probability 0.001
    }

    [Test]
    public void Shuffle_OfRandom_DrawsFromTheGenerator()
    {
        int[] first = [.. Enumerable.Range(0, 50)], second = [.. first];
        new Philox(1).Shuffle(first);
        new Philox(1).Shuffle(second);
        first.ShouldBe(second);
        first.Order().ShouldBe(Enumerable.Range(0, 50));
        new Philox(2).Shuffle(second);
        second.ShouldNotBe(first);
    }

    [Test]
    public void NextBytes_AnyLength_TakesWholeWords([Values(0, 1, 3, 4, 5, 17)] int length)
    {
        var random = new Philox(0);
        byte[] bytes = new byte[length], all = new byte[20];
        random.NextBytes(bytes);
        new Philox(0).NextBytes(all.AsSpan());
        bytes.ShouldBe(all[..length]);
        int words = (length + 3) / 4;
        random.State.ShouldBe(new PhiloxState(0, (UInt128)(words / 4), words % 4));
    }

    [Test]
    public void Streams_OfOneSeed_AreUncorrelated()
    {
        var root = new Philox(9);
        Philox[] streams = [root, new(9, 1), new(9, 2), new(10), root.Fork(0), root.Fork(1), root.Fork(1).Fork(1), new Philox(9, 1).Fork(1)];
        double[][] draws = [.. streams.Select(stream => Enumerable.Range(0, 20_000).Select(_ => stream.NextDouble() - 0.5).ToArray())];
        for (int i = 0; i < draws.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // The mean of products of two independent numbers has the standard deviation 1/12/√20000 = 5.9e-4.
                draws[i].Zip(draws[j], (x, y) => x * y).Average().ShouldBe(0, 4.5 * 5.9e-4, $"{i} and {j}");
            }
        }
    }

    [Test]
    public void Fork_AfterDraws_DependsOnTheNumberAlone()
    {
        var random = new Philox(5);
        PhiloxState before = random.Fork(3).State;
        random.NextDouble();
        random.Fork(3).State.ShouldBe(before);
        random.Fork(4).State.ShouldNotBe(before);
    }

    private static double ChiSquare(int[] counts)
    {
        double expected = (double)counts.Sum() / counts.Length;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }
}
