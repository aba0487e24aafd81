using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Training.Onnx;

/// <summary>A message in protocol buffers that is being read, field by field, where it lies: nothing is copied but texts.</summary>
/// <remarks>What is no message (a length beyond the end, a number of more than ten bytes, a key of no kind) is refused with its place in the file.
/// <b>Source.</b> The documentation of the encoding of Protocol Buffers.</remarks>
/// <param name="file">The bytes of the whole file.</param>
/// <param name="start">Where the message begins.</param>
/// <param name="end">Where it ends.</param>
/// <param name="name">What the file is called, for errors.</param>
internal ref struct ProtobufReader(ReadOnlyMemory<byte> file, int start, int end, string name)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _position = start, _fieldAt = start, _kind;

    /// <summary>The number of the field that was come to last.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field; what was not read of the last one must be skipped before.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        if (_position == end)
        {
            return false;
        }

        _fieldAt = _position;
        ulong key = Number();
        (_kind, ulong field) = ((int)(key & 7), key >> 3);
        if (field is 0 or > 0x1FFFFFFF || _kind is not (Varint or Fixed64 or Bytes or Fixed32))
        {
            throw Damaged("no key of a field");
        }

        Field = (int)field;
        return true;
    }

    /// <summary>Passes over the field.</summary>
    public void Skip()
    {
        switch (_kind)
        {
            case Varint:
                Number();
                break;
            case Bytes:
                Memory();
                break;
            default:
                Take(_kind == Fixed64 ? sizeof(ulong) : sizeof(uint));
                break;
        }
    }

    /// <summary>The field as a whole number.</summary>
    public long Integer()
    {
        Expect(Varint);
        return unchecked((long)Number());
    }

    /// <summary>The field as a float.</summary>
    public float Single()
    {
        Expect(Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
    }

    /// <summary>The field as a text.</summary>
    public string Text()
    {
        Expect(Bytes);
        try
        {
            return Utf8.GetString(Memory().Span);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text that is not UTF-8");
        }
    }

    /// <summary>The field as bytes, where they lie.</summary>
    public ReadOnlyMemory<byte> Content()
    {
        Expect(Bytes);
        return Memory();
    }

    /// <summary>The field as a message.</summary>
    public ProtobufReader Message()
    {
        Expect(Bytes);
        int length = Memory().Length;
        return new ProtobufReader(file, _position - length, _position, name);
    }

    /// <summary>Adds the whole numbers of a repeated field, of which it has one or, packed, several.</summary>
    /// <param name="numbers">Where they go.</param>
    public void Integers(List<long> numbers)
    {
        if (_kind == Varint)
        {
            numbers.Add(unchecked((long)Number()));
            return;
        }

        ProtobufReader packed = Message();
        while (packed._position < packed.End)
        {
            numbers.Add(unchecked((long)packed.Number()));
        }
    }

    /// <summary>Adds the bytes of the numbers of a repeated field, of which it has one or, packed, several.</summary>
    /// <param name="size">The bytes of a number, 4 or 8.</param>
    /// <param name="bytes">Where they go.</param>
    public void Fixed(int size, List<ReadOnlyMemory<byte>> bytes)
    {
        if (_kind != Bytes)
        {
            Expect(size == sizeof(float) ? Fixed32 : Fixed64);
            Take(size);
            bytes.Add(file.Slice(_position - size, size));
            return;
        }

        ReadOnlyMemory<byte> packed = Memory();
        bytes.Add(packed.Length % size == 0 ? packed : throw Damaged($"{packed.Length} bytes of numbers of {size}"));
    }

    /// <summary>The error of a file that is no model.</summary>
    /// <param name="what">What is there.</param>
    public readonly InvalidDataException Damaged(string what) => new($"'{name}' is no ONNX model, or damaged: {what}, in the field at byte {_fieldAt}.");

    private readonly int End => end;

    private readonly void Expect(int kind)
    {
        if (_kind != kind)
        {
            throw Damaged($"field {Field} is of another kind than it has in a model");
        }
    }

    private ReadOnlyMemory<byte> Memory()
    {
        ulong length = Number();
        if (length > (ulong)(end - _position))
        {
            throw Damaged($"{length} bytes, of which {end - _position} are there");
        }

        _position += (int)length;
        return file.Slice(_position - (int)length, (int)length);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > end - _position)
        {
            throw Damaged($"{count} bytes, of which {end - _position} are there");
        }

        _position += count;
        return file.Span.Slice(_position - count, count);
    }

    private ulong Number()
    {
        ulong number = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Take(1)[0];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Damaged("a number of more than ten bytes");
    }
}
