using Google.Protobuf;

namespace NeuralNet.Training.TensorBoard;

/// <summary>One event in protocol buffers: the fields of TensorFlow's Event, Summary, HistogramProto and TensorProto that TensorBoard reads.</summary>
/// <remarks>The message is written field by field into a buffer that is used again, so that an event a training step allocates nothing. The bytes of
/// one are valid until
/// the next. <b>Source.</b> The field numbers of event.proto, summary.proto and tensor.proto of TensorFlow.</remarks>
internal sealed class EventMessage : IDisposable
{
    private const WireFormat.WireType Varint = WireFormat.WireType.Varint;
    private const WireFormat.WireType Fixed64 = WireFormat.WireType.Fixed64;
    private const WireFormat.WireType Fixed32 = WireFormat.WireType.Fixed32;
    private const WireFormat.WireType Bytes = WireFormat.WireType.LengthDelimited;

    // All field numbers here are below 16, so a key is one byte.
    private const int KeyBytes = 1;
    private const int DoubleField = KeyBytes + sizeof(double);
    private const int StringType = 7;
    private const int TensorDataClass = 2;
    private const string TextPlugin = "text";

    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public EventMessage() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    /// <summary>The first event of a file, which says what it is.</summary>
    /// <param name="time">Seconds since 1970.</param>
    public ReadOnlySpan<byte> Version(double time)
    {
        Begin(time);
        Text(3, "brain.Event:2");
        return Finished();
    }

    /// <summary>A number.</summary>
    /// <param name="time">Seconds since 1970.</param>
    /// <param name="step">Where on the axis.</param>
    /// <param name="tag">The name of the curve.</param>
    /// <param name="value">The number.</param>
    public ReadOnlySpan<byte> Scalar(double time, long step, string tag, float value)
    {
        BeginValue(time, step, tag, KeyBytes + sizeof(float));
        _output.WriteTag(2, Fixed32);
        _output.WriteFloat(value);
        return Finished();
    }

    /// <summary>How numbers are spread.</summary>
    /// <param name="time">Seconds since 1970.</param>
    /// <param name="step">Where on the axis.</param>
    /// <param name="tag">The name of the histogram.</param>
    /// <param name="buckets">The counts.</param>
    public ReadOnlySpan<byte> Histogram(double time, long step, string tag, HistogramBuckets buckets)
    {
        int packed = buckets.Count * sizeof(double);
        int size = (5 * DoubleField) + (2 * SizeOf(packed));
        BeginValue(time, step, tag, SizeOf(size));
        BeginMessage(5, size);
        Number(1, buckets.Minimum);
        Number(2, buckets.Maximum);
        Number(3, buckets.Values);
        Number(4, buckets.Sum);
        Number(5, buckets.SumOfSquares);
        BeginMessage(6, packed);
        for (int i = 0; i < buckets.Count; i++)
        {
            _output.WriteDouble(buckets.LimitOf(i));
        }

        BeginMessage(7, packed);
        for (int i = 0; i < buckets.Count; i++)
        {
            _output.WriteDouble(buckets.CountOf(i));
        }

        return Finished();
    }

    /// <summary>A text: a tensor of one string, for TensorBoard's plugin of texts.</summary>
    /// <param name="time">Seconds since 1970.</param>
    /// <param name="step">Where on the axis.</param>
    /// <param name="tag">The name of the text.</param>
    /// <param name="markdown">The text.</param>
    public ReadOnlySpan<byte> Text(double time, long step, string tag, string markdown)
    {
        int shape = 0;
        int tensor = 2 * KeyBytes + SizeOf(shape) + SizeOf(markdown);
        int plugin = SizeOf(TextPlugin);
        int metadata = SizeOf(plugin) + (2 * KeyBytes);
        BeginValue(time, step, tag, SizeOf(tensor) + SizeOf(metadata));
        BeginMessage(8, tensor);
        _output.WriteTag(1, Varint);
        _output.WriteEnum(StringType);
        BeginMessage(2, shape);
        Text(8, markdown);
        BeginMessage(9, metadata);
        BeginMessage(1, plugin);
        Text(1, TextPlugin);
        _output.WriteTag(4, Varint);
        _output.WriteEnum(TensorDataClass);
        return Finished();
    }

    public void Dispose()
    {
        _output.Dispose();
        _bytes.Dispose();
    }

    private void Begin(double time)
    {
        _bytes.SetLength(0);
        Number(1, time);
    }

    // Everything up to the fields of Summary.Value behind its tag, which have a number of bytes.
    private void BeginValue(double time, long step, string tag, int size)
    {
        Begin(time);
        _output.WriteTag(2, Varint);
        _output.WriteInt64(step);
        int value = checked(SizeOf(tag) + size);
        BeginMessage(5, SizeOf(value));
        BeginMessage(1, value);
        Text(1, tag);
    }

    private ReadOnlySpan<byte> Finished()
    {
        _output.Flush();
        return _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
    }

    private void BeginMessage(int field, int size)
    {
        _output.WriteTag(field, Bytes);
        _output.WriteLength(size);
    }

    private void Number(int field, double value)
    {
        _output.WriteTag(field, Fixed64);
        _output.WriteDouble(value);
    }

    private void Text(int field, string value)
    {
        _output.WriteTag(field, Bytes);
        _output.WriteString(value);
    }

    private static int SizeOf(int message) => checked(KeyBytes + CodedOutputStream.ComputeLengthSize(message) + message);

    private static int SizeOf(string value) => KeyBytes + CodedOutputStream.ComputeStringSize(value);
}
