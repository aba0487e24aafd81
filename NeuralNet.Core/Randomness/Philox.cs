using System.Numerics;
using NeuralNet.Core.Kernels.Randomness;

namespace NeuralNet.Core.Randomness;

/// <summary>
/// Random numbers from a seed whose whole state is three numbers, to be saved and restored: Philox 4×32 with 10 rounds, a generator that
/// computes the i-th block of numbers from i alone.
/// </summary>
/// <example>
/// <code>
/// var random = new Philox(seed: 1);
/// var linear = new Linear&lt;float&gt;(784, 256, random);      // wherever a System.Random is taken
/// Philox ofDropout = random.Fork(3);                       // a generator of its own, whatever the first one draws
/// string saved = ofDropout.State.ToString();               // into a file
/// ofDropout.State = PhiloxState.Parse(saved);              // and back: the same numbers follow
/// </code>
/// </example>
/// <remarks>
/// <para><b>What it draws from.</b> Words of 32 bits, four to a block: block b of stream s is the Philox function of the seed as key and
/// (s, b) as counter. A stream has 2⁶⁴ blocks and begins again after them; streams of a seed do not overlap. An <c>int</c> or a <c>float</c> takes a
/// word, a <c>long</c> or a <c>double</c> two words side by side in a block (at an odd position, a word is left out before); bounded integers
/// take more where the first would not be fair.</para>
/// <para><b>The same bits</b> come of the same state on every system, in every version and at any number of threads. It is not for cryptography.</para>
/// <para><b>Source.</b> Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3"; it passes TestU01's BigCrush there.
/// Bounded integers: Lemire (2019), "Fast random integer generation in an interval".</para>
/// <para><b>Threads.</b> One at a time; <see cref="Fork"/> gives others theirs.</para>
/// </remarks>
public sealed partial class Philox : Random
{
    private const int WordsPerBlock = 4;

    // Tells the keys of forks from blocks of numbers.
    private const ulong ForkMark = 0x6A09E667F3BCC908;

    private ulong _key, _stream, _block;
    private PhiloxBlock _words;
    private int _position;

    /// <summary>A generator at the start of a stream of a seed.</summary>
    /// <param name="seed">The seed; another one gives other numbers.</param>
    /// <param name="stream">Number of the stream, 0 by default; another one gives other numbers.</param>
    public Philox(ulong seed, ulong stream = 0) : base(0) => State = PhiloxState.Start(seed, stream);

    /// <summary>A generator at the start of a stream of a seed.</summary>
    /// <param name="seed">The seed, negative or not; another one gives other numbers.</param>
    /// <param name="stream">Number of the stream, 0 by default; another one gives other numbers.</param>
    public Philox(long seed, ulong stream = 0) : this(unchecked((ulong)seed), stream)
    {
    }

    /// <summary>The whole state: set it, and the numbers follow that followed when it was read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not 0 to 3.</exception>
    public PhiloxState State
    {
        get => _position == WordsPerBlock
            ? new PhiloxState(_key, new UInt128(_stream, _block + 1), 0)
            : new PhiloxState(_key, new UInt128(_stream, _block), _position);
        set
        {
            if ((uint)value.Position >= WordsPerBlock)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value.Position, "The position within a block is 0 to 3.");
            }

            (_key, _stream) = (value.Key, (ulong)(value.Counter >> 64));
            GoTo((ulong)value.Counter);
            _position = value.Position;
        }
    }

    /// <summary>A generator of its own, for a layer or a thread: its numbers have nothing to do with this one's, nor with those of other forks.</summary>
    /// <param name="number">Which one; the same number gives the same generator.</param>
    /// <returns>A generator that depends on this one's seed and stream and on the number, not on what was drawn; forks of forks are others again.</returns>
    /// <remarks>Seed and stream of the fork are the 128 bits of a block of Philox, so that two forks are the same with a probability of 2⁻¹²⁸.</remarks>
    public Philox Fork(ulong number)
    {
        PhiloxBlock words = PhiloxBlock.Of(_key ^ ForkMark, number, _stream);
        return new Philox(words.Low, words.High);
    }

    /// <summary>Fills with uniform numbers from 0 (included) to 1 (excluded): those that <see cref="NextSingle"/> or <see cref="NextDouble"/> would give one
    /// by one. Long fills are shared among threads.</summary>
    /// <typeparam name="T"><see cref="float"/> (24 random bits each) or <see cref="double"/> (53).</typeparam>
    /// <param name="values">What is filled, any length.</param>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public void FillUniform<T>(Span<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        Range blocks = FillEnds(values, limit: null, default, out ulong block);
        PhiloxFill<T>.Uniform(values[blocks], _key, block, _stream);
    }

    /// <summary>Fills a mask: each element is <paramref name="scale"/> with the probability <paramref name="keep"/>, and 0 otherwise. With a scale of
    /// 1/keep it is the mask of inverted dropout. Long fills are shared among threads.</summary>
    /// <remarks>An element takes one word in either precision, so that masks of <see cref="float"/> and of <see cref="double"/> from the same state are the
    /// same: a network in double, as a gradient check takes it beside one in float, drops what that drops.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="mask">What is filled, any length.</param>
    /// <param name="keep">The probability, 0 to 1, rounded to a float; element i is kept where the i-th float of <see cref="FillUniform"/> is below it.</param>
    /// <param name="scale">What is written where an element is kept.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keep"/> is not a number from 0 to 1.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public void FillMask<T>(Span<T> mask, double keep, T scale) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        if (!(keep >= 0 && keep <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(keep), keep, "The probability to keep an element must be a number from 0 to 1.");
        }

        Range blocks = FillEnds(mask, (float)keep, scale, out ulong block);
        PhiloxFill<T>.Mask(mask[blocks], _key, block, _stream, (float)keep, scale);
    }

    // Draws what is before and behind the whole blocks, one by one; the blocks between are left to a kernel. Without a limit it is no mask.
    private Range FillEnds<T>(Span<T> values, float? limit, T scale, out ulong block) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int first = 0;
        for (; first < values.Length && _position % WordsPerBlock != 0; first++)
        {
            values[first] = Next(limit, scale);
        }

        block = _position == 0 ? _block : _block + 1;
        int numbersPerBlock = limit is null ? PhiloxFill<T>.NumbersPerBlock : WordsPerBlock;
        int blocks = (values.Length - first) / numbersPerBlock, end = first + (blocks * numbersPerBlock);
        if (blocks > 0)
        {
            GoTo(block + (ulong)blocks);
        }

        for (int i = end; i < values.Length; i++)
        {
            values[i] = Next(limit, scale);
        }

        return first..end;
    }

    private T Next<T>(float? limit, T scale) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (limit is float keep)
        {
            return NextSingle() < keep ? scale : T.Zero;
        }

        return typeof(T) == typeof(float) ? T.CreateTruncating(NextSingle()) : T.CreateTruncating(NextDouble());
    }

    private void GoTo(ulong block)
    {
        _block = block;
        _words = PhiloxBlock.Of(_key, _block, _stream);
        _position = 0;
    }
}
