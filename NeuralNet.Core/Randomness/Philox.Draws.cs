using System.Buffers.Binary;
using NeuralNet.Core.Kernels.Randomness;

namespace NeuralNet.Core.Randomness;

/// <content>What <see cref="Random"/> draws, one by one.</content>
public sealed partial class Philox
{
    /// <summary>An integer from 0 to 2³¹ − 2, as <see cref="Random.Next()"/>.</summary>
    public override int Next() => (int)Below(int.MaxValue);

    /// <summary>An integer from 0 to <paramref name="maxValue"/> − 1, each equally probable; 0 for 0.</summary>
    /// <param name="maxValue">The limit, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((uint)maxValue);
    }

    /// <summary>An integer from <paramref name="minValue"/> to <paramref name="maxValue"/> − 1, each equally probable; the former where both are equal.</summary>
    /// <param name="minValue">The least.</param>
    /// <param name="maxValue">The limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The least exceeds the limit.</exception>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + (int)Below((uint)(maxValue - minValue)));
    }

    /// <summary>An integer from 0 to 2⁶³ − 2, as <see cref="Random.NextInt64()"/>.</summary>
    public override long NextInt64() => (long)Below((ulong)long.MaxValue);

    /// <summary>An integer from 0 to <paramref name="maxValue"/> − 1, each equally probable; 0 for 0.</summary>
    /// <param name="maxValue">The limit, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    /// <summary>An integer from <paramref name="minValue"/> to <paramref name="maxValue"/> − 1, each equally probable; the former where both are equal.</summary>
    /// <param name="minValue">The least.</param>
    /// <param name="maxValue">The limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The least exceeds the limit.</exception>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + (long)Below((ulong)(maxValue - minValue)));
    }

    /// <summary>A number from 0 (included) to 1 (excluded): a multiple of 2⁻⁵³, each equally probable.</summary>
    public override double NextDouble() => UniformNumber.Double(NextTwoWords());

    /// <summary>A number from 0 (included) to 1 (excluded): a multiple of 2⁻²⁴, each equally probable.</summary>
    public override float NextSingle() => UniformNumber.Single(NextWord());

    /// <summary>Random bytes, four to a word; what is too many of the last word is left out.</summary>
    /// <param name="buffer">What is filled.</param>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <summary>Random bytes, four to a word, the lowest first; what is too many of the last word is left out.</summary>
    /// <param name="buffer">What is filled.</param>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        while (!buffer.IsEmpty)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, NextWord());
            int count = Math.Min(buffer.Length, sizeof(uint));
            word[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }

    /// <summary>As <see cref="NextDouble"/>.</summary>
    protected override double Sample() => NextDouble();

    private uint NextWord()
    {
        if (_position == WordsPerBlock)
        {
            GoTo(_block + 1);
        }

        return _position++ switch { 0 => _words.W0, 1 => _words.W1, 2 => _words.W2, _ => _words.W3 };
    }

    private ulong NextTwoWords()
    {
        _position += _position & 1;
        if (_position == WordsPerBlock)
        {
            GoTo(_block + 1);
        }

        ulong words = _position == 0 ? _words.Low : _words.High;
        _position += 2;
        return words;
    }

    // Lemire's method: the upper half of word · limit is below the limit. Each result has as many words as the others once those whose lower half is
    // below 2³² mod limit are refused.
    private uint Below(uint limit)
    {
        ulong product = (ulong)NextWord() * limit;
        if ((uint)product < limit)
        {
            uint refused = (0u - limit) % limit;
            while ((uint)product < refused)
            {
                product = (ulong)NextWord() * limit;
            }
        }

        return (uint)(product >> 32);
    }

    private ulong Below(ulong limit)
    {
        ulong result = Math.BigMul(NextTwoWords(), limit, out ulong low);
        if (low < limit)
        {
            ulong refused = (0ul - limit) % limit;
            while (low < refused)
            {
                result = Math.BigMul(NextTwoWords(), limit, out low);
            }
        }

        return result;
    }
}
