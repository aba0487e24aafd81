using System.Buffers.Binary;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>Sound IDX files, and files of any kind damaged in the ways that they come to harm.</summary>
internal static class FileMaker
{
    // Numbers at which programs go wrong: the ends of what 8, 16 and 32 bits hold, and products that overflow.
    private static readonly uint[] Edges =
        [0, 1, 2, 27, 28, 255, 256, 65_535, 65_536, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x7FFF_FFC7, 46_341, 1 << 20, 0x1000_0000];

    private static readonly string[] NumbersInText =
        ["-1", "0", "1", "0.5", "1e9", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e999", "NaN"];

    /// <summary>A sound file of small images or of labels below 10, not packed.</summary>
    public static byte[] Sound(Philox random, bool isImages)
    {
        uint[] dimensions = isImages ? [Size(random, 20), Size(random, 9), Size(random, 9)] : [Size(random, 40)];
        byte[] values = new byte[dimensions.Aggregate(1, (product, size) => product * (int)size)];
        random.NextBytes(values);
        if (!isImages)
        {
            values = [.. values.Select(value => (byte)(value % 10))];
        }

        return IdxFolder.Idx(isImages ? IdxFolder.ImagesMagic : IdxFolder.LabelsMagic, dimensions, values);
    }

    /// <summary>A file with one to four damages, or with none.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="file">The file.</param>
    /// <param name="other">Another, of which parts get into it; the file itself if there is none.</param>
    public static byte[] Damaged(Philox random, byte[] file, byte[]? other = null)
    {
        byte[] damaged = [.. file];
        for (int damages = random.Next(5); damages > 0; damages--)
        {
            damaged = Damage(random, damaged, other ?? file);
        }

        return damaged;
    }

    private static byte[] Damage(Philox random, byte[] file, byte[] other)
    {
        int place = random.Next(file.Length + 1), length = random.Next(Math.Min(file.Length - place, 20) + 1);
        switch (random.Next(13))
        {
            case 0: // A bit.
                return Changed(file, place, value => (byte)(value ^ (1 << random.Next(8))));
            case 1: // A byte.
                return Changed(file, place, _ => (byte)random.Next(256));
            case 2: // The first bytes, where the headers are.
                return Changed(file, random.Next(Math.Min(20, file.Length + 1)), _ => (byte)random.Next(256));
            case 3: // The end is missing.
                return file[..place];
            case 4: // Something is missing within.
                return [.. file[..place], .. file[(place + length)..]];
            case 5: // Something stands there twice.
                return [.. file[..(place + length)], .. file[place..]];
            case 6: // Something comes after the end.
                return [.. file, .. Some(random, 1 + random.Next(30))];
            case 7: // Another file comes after it.
                return [.. file, .. other];
            case 8 when file.Length >= 8: // A dimension, or the magic number.
                return WithNumber(random, file, 4 * random.Next(Math.Min(4, file.Length / 4)), sizeof(uint));
            case 9 when file.Length >= 8: // A number anywhere.
                return WithNumber(random, file, random.Next(file.Length - 7), random.Next(2) == 0 ? sizeof(uint) : sizeof(ulong));
            case 10: // The begin of one and the end of another.
                return [.. file[..place], .. other[random.Next(other.Length + 1)..]];
            case 11: // A number in text.
                return WithNumberInText(random, file, place);
            case 12: // Something gets in between.
                return [.. file[..place], .. Some(random, 1 + random.Next(10)), .. file[place..]];
            default: // Something else altogether.
                return random.Next(4) == 0 ? Some(random, random.Next(60)) : file;
        }
    }

    private static byte[] WithNumber(Philox random, byte[] file, int place, int size)
    {
        byte[] changed = [.. file], number = new byte[size];
        ulong edge = Edges[random.Next(Edges.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(number.AsSpan(size - sizeof(uint)), (uint)edge);
        if (size == sizeof(ulong) && random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, Edges[random.Next(Edges.Length)]);
        }

        if (random.Next(2) == 0)
        {
            number.AsSpan().Reverse();
        }

        number.CopyTo(changed, place);
        return changed;
    }

    // The first number behind a place becomes another.
    private static byte[] WithNumberInText(Philox random, byte[] file, int place)
    {
        int begin = file.AsSpan(place).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (begin < 0)
        {
            return file;
        }

        begin += place;
        int length = file.AsSpan(begin).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        byte[] number = System.Text.Encoding.ASCII.GetBytes(NumbersInText[random.Next(NumbersInText.Length)]);
        return [.. file[..begin], .. number, .. length < 0 ? [] : file[(begin + length)..]];
    }

    private static byte[] Changed(byte[] file, int place, Func<byte, byte> change)
    {
        byte[] changed = [.. file];
        if (place < file.Length)
        {
            changed[place] = change(file[place]);
        }

        return changed;
    }

    private static byte[] Some(Philox random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static uint Size(Philox random, int most) => 1 + (uint)random.Next(most);
}
