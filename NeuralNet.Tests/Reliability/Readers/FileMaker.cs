using System.Buffers.Binary;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>IDX files, sound and damaged in the ways that files come to harm.</summary>
internal static class FileMaker
{
    // Numbers at which programs go wrong: the ends of what 8, 16 and 32 bits hold, and products that overflow.
    private static readonly uint[] Edges =
        [0, 1, 2, 27, 28, 255, 256, 65_535, 65_536, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x7FFF_FFC7, 46_341, 1 << 20, 0x1000_0000];

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
    public static byte[] Damaged(Philox random, byte[] file)
    {
        byte[] damaged = [.. file];
        for (int damages = random.Next(5); damages > 0; damages--)
        {
            damaged = Damage(random, damaged);
        }

        return damaged;
    }

    private static byte[] Damage(Philox random, byte[] file)
    {
        int place = random.Next(file.Length + 1), length = random.Next(Math.Min(file.Length - place, 20) + 1);
        switch (random.Next(10))
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
                return [.. file, .. file];
            case 8 when file.Length >= 8: // A dimension, or the magic number.
                int dimension = 4 * random.Next(Math.Min(4, file.Length / 4));
                byte[] changed = [.. file];
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(dimension), Edges[random.Next(Edges.Length)]);
                return changed;
            default: // Something else altogether.
                return random.Next(4) == 0 ? Some(random, random.Next(60)) : file;
        }
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
