using Google.Protobuf;

namespace NeuralNet.Training.Onnx;

/// <summary>A message in protocol buffers that is being put together: its fields in order, and how many bytes they take, which stands before it where it is
/// a field of another.</summary>
internal sealed class ProtobufMessage
{
    private const WireFormat.WireType Varint = WireFormat.WireType.Varint;
    private const WireFormat.WireType Fixed32 = WireFormat.WireType.Fixed32;
    private const WireFormat.WireType Bytes = WireFormat.WireType.LengthDelimited;

    private readonly List<(int Number, object Value)> _fields = [];

    /// <summary>The bytes of the message.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a whole number.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The number.</param>
    /// <returns>The message.</returns>
    public ProtobufMessage With(int field, long value) => With(field, value, CodedOutputStream.ComputeInt64Size(value));

    /// <summary>Adds a number.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The number.</param>
    /// <returns>The message.</returns>
    public ProtobufMessage With(int field, float value) => With(field, value, sizeof(float));

    /// <summary>Adds a text.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The text.</param>
    /// <returns>The message.</returns>
    public ProtobufMessage With(int field, string value) => With(field, value, CodedOutputStream.ComputeStringSize(value));

    /// <summary>Adds bytes.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The bytes; not copied.</param>
    /// <returns>The message.</returns>
    public ProtobufMessage With(int field, ReadOnlyMemory<byte> value) =>
        With(field, UnsafeByteOperations.UnsafeWrap(value), CodedOutputStream.ComputeLengthSize(value.Length) + value.Length);

    /// <summary>Adds a message, which must have all its fields already.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The message.</param>
    /// <returns>The message to which it was added.</returns>
    public ProtobufMessage With(int field, ProtobufMessage value) =>
        With(field, value, CodedOutputStream.ComputeUInt64Size((ulong)value.Size) + value.Size);

    /// <summary>Adds a message for each of a list.</summary>
    /// <typeparam name="TItem">What the list holds.</typeparam>
    /// <param name="field">The number of the field.</param>
    /// <param name="items">The list.</param>
    /// <param name="message">What is written of one.</param>
    /// <returns>The message to which they were added.</returns>
    public ProtobufMessage WithAll<TItem>(int field, IEnumerable<TItem> items, Func<TItem, ProtobufMessage> message)
    {
        foreach (TItem item in items)
        {
            With(field, message(item));
        }

        return this;
    }

    /// <summary>Writes the fields.</summary>
    /// <param name="output">Where they go.</param>
    public void WriteTo(CodedOutputStream output)
    {
        foreach ((int field, object value) in _fields)
        {
            switch (value)
            {
                case long number:
                    output.WriteTag(field, Varint);
                    output.WriteInt64(number);
                    break;
                case float number:
                    output.WriteTag(field, Fixed32);
                    output.WriteFloat(number);
                    break;
                case string text:
                    output.WriteTag(field, Bytes);
                    output.WriteString(text);
                    break;
                case ByteString bytes:
                    output.WriteTag(field, Bytes);
                    output.WriteBytes(bytes);
                    break;
                case ProtobufMessage message:
                    output.WriteTag(field, Bytes);
                    output.WriteLength(checked((int)message.Size));
                    message.WriteTo(output);
                    break;
            }
        }
    }

    private ProtobufMessage With(int field, object value, long size)
    {
        _fields.Add((field, value));
        Size += CodedOutputStream.ComputeTagSize(field) + size;
        return this;
    }
}
