using System.Numerics;
using System.Text;
using NeuralNet.Core;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>The bytes of models, and fields of protocol buffers one by one.</summary>
internal static class OnnxBytes
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    /// <summary>The bytes of a model.</summary>
    /// <param name="model">The model.</param>
    public static byte[] Of(OnnxModel model)
    {
        using var stream = new MemoryStream();
        OnnxModelWriter.Write(model, stream);
        return stream.ToArray();
    }

    /// <summary>The bytes of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">What the model's ends are called.</param>
    public static byte[] Of<T>(Layer<T> network, OnnxExportOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        OnnxFile.Save(network, stream, options);
        return stream.ToArray();
    }

    /// <summary>A field that is a message.</summary>
    /// <param name="number">The number of the field.</param>
    /// <param name="content">The message's fields.</param>
    public static byte[] Field(int number, params byte[][] content)
    {
        byte[] message = [.. content.SelectMany(field => field)];
        return [.. Number(((ulong)number << 3) | Bytes), .. Number((ulong)message.Length), .. message];
    }

    /// <summary>A field that is a text.</summary>
    /// <param name="number">The number of the field.</param>
    /// <param name="text">The text.</param>
    public static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    /// <summary>A field that is a whole number.</summary>
    /// <param name="number">The number of the field.</param>
    /// <param name="value">Its value.</param>
    public static byte[] Field(int number, long value) => [.. Number(((ulong)number << 3) | Varint), .. Number((ulong)value)];

    /// <summary>A field that is a float.</summary>
    /// <param name="number">The number of the field.</param>
    /// <param name="value">Its value.</param>
    public static byte[] Field(int number, float value) => [.. Number(((ulong)number << 3) | Fixed32), .. BitConverter.GetBytes(value)];

    /// <summary>A field that is a double.</summary>
    /// <param name="number">The number of the field.</param>
    /// <param name="value">Its value.</param>
    public static byte[] Field(int number, double value) => [.. Number(((ulong)number << 3) | Fixed64), .. BitConverter.GetBytes(value)];

    private static byte[] Number(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
