using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Tests.Training.TensorBoard;

/// <summary>Reads event files by the words of the formats' documentation alone: frames with checksums bit by bit, protocol buffers by their wire format.</summary>
internal static class EventFileReader
{
    /// <summary>The data of each record; the checksums are right.</summary>
    public static List<byte[]> Records(string path)
    {
        byte[] file = ReadShared(path);
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)));
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)).ShouldBe(Masked(file.AsSpan(at, 8)), $"checksum of the length at {at}");
            byte[] data = file[(at + 12)..(at + 12 + length)];
            BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)).ShouldBe(Masked(data), $"checksum of the data at {at}");
            records.Add(data);
            at += length + 16;
        }

        return records;
    }

    /// <summary>The fields of a message in their order: numbers of variable length as <see cref="long"/>, fixed ones as <see cref="double"/> and
    /// <see cref="float"/>, the rest as bytes.</summary>
    public static List<(int Number, object Value)> Fields(byte[] message)
    {
        List<(int, object)> fields = [];
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint(message, ref at);
            object value;
            switch (key & 7)
            {
                case 0:
                    value = (long)Varint(message, ref at);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadDoubleLittleEndian(message.AsSpan(at));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    value = message[at..(at + length)];
                    at += length;
                    break;
                case 5:
                    value = BinaryPrimitives.ReadSingleLittleEndian(message.AsSpan(at));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7} at {at}.");
            }

            fields.Add(((int)(key >> 3), value));
        }

        return fields;
    }

    /// <summary>The one value of a field.</summary>
    public static T Only<T>(this List<(int Number, object Value)> fields, int number) =>
        fields.Where(field => field.Number == number).ShouldHaveSingleItem().Value.ShouldBeOfType<T>();

    /// <summary>The message in a field.</summary>
    public static List<(int Number, object Value)> Message(this List<(int Number, object Value)> fields, int number) => Fields(fields.Only<byte[]>(number));

    /// <summary>The text in a field.</summary>
    public static string Text(this List<(int Number, object Value)> fields, int number) => Encoding.UTF8.GetString(fields.Only<byte[]>(number));

    /// <summary>The packed doubles in a field.</summary>
    public static double[] Doubles(this List<(int Number, object Value)> fields, int number) =>
        [.. fields.Only<byte[]>(number).Chunk(8).Select(bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes))];

    /// <summary>CRC-32C, one bit at a time, by its reversed polynomial.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        return crc ^ 0xFFFFFFFF;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = Crc32C(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    // As TensorBoard does, while the writer has the file open.
    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
