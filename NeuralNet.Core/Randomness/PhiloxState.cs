using System.Globalization;

namespace NeuralNet.Core.Randomness;

/// <summary>The whole state of a <see cref="Philox"/>: what it draws next depends on this and on nothing else.</summary>
/// <remarks>The textual form is <c>philox4x32-10:KEY:COUNTER:POSITION</c>, key and counter in 16 and 32 hexadecimal digits, and is the same in every
/// version and culture, so that it can stand in a file.</remarks>
/// <param name="Key">The key: the seed of the generator.</param>
/// <param name="Counter">Number of the block that the next word is from: the stream in the upper 64 bits, the block within it in the lower.</param>
/// <param name="Position">Words of that block that were drawn already, 0 to 3.</param>
public readonly record struct PhiloxState(ulong Key, UInt128 Counter, int Position) : IParsable<PhiloxState>
{
    private const string Name = "philox4x32-10";

    /// <summary>The state at the start of a stream.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Number of the stream.</param>
    public static PhiloxState Start(ulong seed, ulong stream) => new(seed, new UInt128(stream, 0), 0);

    /// <summary>The state as text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}:{Key:x16}:{Counter:x32}:{Position}");

    /// <summary>The state that a text says.</summary>
    /// <param name="s">What <see cref="ToString"/> gave.</param>
    /// <param name="provider">Not used.</param>
    /// <exception cref="FormatException">The text is not of that form, or the position is not 0 to 3.</exception>
    public static PhiloxState Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out PhiloxState state)
            ? state
            : throw new FormatException(
                $"The state of a generator is {Name}:KEY:COUNTER:POSITION with 16 and 32 hexadecimal digits and a position of 0 to 3, got '{s}'.");
    }

    /// <summary>The state that a text says, if it says one.</summary>
    /// <param name="s">What <see cref="ToString"/> gave.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The state; the default where the text is not of that form.</param>
    public static bool TryParse(string? s, IFormatProvider? provider, out PhiloxState result)
    {
        result = default;
        string[] parts = s?.Split(':') ?? [];
        if (parts.Length != 4 || parts[0] != Name || parts[1].Length != 16 || parts[2].Length != 32 || parts[3].Length != 1
            || !ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong key)
            || !UInt128.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 counter)
            || parts[3][0] is < '0' or > '3')
        {
            return false;
        }

        result = new PhiloxState(key, counter, parts[3][0] - '0');
        return true;
    }
}
