using System.Runtime.InteropServices;

namespace NeuralNet.Training.Onnx;

/// <content>Tensors, whose elements stand in one of several fields.</content>
internal sealed partial class OnnxModelReader
{
    private const long External = 1;

    private OnnxTensor TensorOf(ProtobufReader message)
    {
        (string tensor, OnnxType type, bool isExternal) = ("", OnnxType.Undefined, false);
        (List<long> dimensions, List<long> integers) = ([], []);
        List<ReadOnlyMemory<byte>> numbers = [];
        ReadOnlyMemory<byte>? raw = null;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    message.Integers(dimensions);
                    break;
                case 2:
                    type = (OnnxType)message.Integer();
                    break;
                case 4:
                    message.Fixed(sizeof(float), numbers);
                    break;
                case 5 or 7:
                    message.Integers(integers);
                    break;
                case 8:
                    tensor = message.Text();
                    break;
                case 9:
                    raw = message.Content();
                    break;
                case 10:
                    message.Fixed(sizeof(double), numbers);
                    break;
                case 13:
                    isExternal = true;
                    message.Skip();
                    break;
                case 14:
                    isExternal |= message.Integer() == External;
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        if (isExternal)
        {
            throw new NotSupportedException($"Tensor '{tensor}' of '{name}' has its numbers in another file, which is not supported; save the model with its weights inside.");
        }

        if (OnnxTensor.SizeOf(type) == 0)
        {
            throw new NotSupportedException($"Tensor '{tensor}' of '{name}' has elements of type {type}, which is not supported; those of floating point, int32, int64 and bool are.");
        }

        return Checked(message, new OnnxTensor(tensor, type, [.. dimensions], raw ?? (integers.Count > 0 ? BytesOf(type, integers) : Concatenated(numbers))));
    }

    private static OnnxTensor Checked(ProtobufReader message, OnnxTensor tensor)
    {
        Int128 bytes = OnnxTensor.SizeOf(tensor.Type);
        foreach (long length in tensor.Dimensions)
        {
            if (length < 0)
            {
                throw message.Damaged($"tensor '{tensor.Name}' with an axis of length {length}");
            }

            // Stays below 2⁹⁵: what is too long is so for good, unless an axis is empty.
            bytes = Int128.Min(bytes, uint.MaxValue) * length;
        }

        return bytes == tensor.Bytes.Length
            ? tensor
            : throw message.Damaged($"tensor '{tensor.Name}' of [{string.Join(", ", tensor.Dimensions)}] with {tensor.Bytes.Length} bytes of numbers");
    }

    private static byte[] Concatenated(List<ReadOnlyMemory<byte>> pieces)
    {
        var bytes = new byte[pieces.Sum(piece => piece.Length)];
        int filled = 0;
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            piece.CopyTo(bytes.AsMemory(filled));
            filled += piece.Length;
        }

        return bytes;
    }

    // Numbers of 16 bits stand as whole numbers here too.
    private static byte[] BytesOf(OnnxType type, List<long> integers)
    {
        int size = OnnxTensor.SizeOf(type);
        var bytes = new byte[checked(integers.Count * size)];
        for (int i = 0; i < integers.Count; i++)
        {
            long value = integers[i];
            MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value))[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }
}
