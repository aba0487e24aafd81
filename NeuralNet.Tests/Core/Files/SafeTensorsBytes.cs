using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Tests.Core.Files;

/// <summary>Files of the safetensors format, made byte by byte from its description.</summary>
internal static class SafeTensorsBytes
{
    /// <summary>The length of the header, the header, the data.</summary>
    public static byte[] Of(string header, params byte[] data) => Of(Encoding.UTF8.GetBytes(header), data);

    /// <summary>The length of the header, the header, the data.</summary>
    public static byte[] Of(byte[] header, params byte[] data) => [.. Length(header.Length), .. header, .. data];

    /// <summary>The first eight bytes.</summary>
    public static byte[] Length(long length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }
}
