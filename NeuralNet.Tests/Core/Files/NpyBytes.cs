using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Tests.Core.Files;

/// <summary>Files of the .npy format, made byte by byte from its documentation.</summary>
internal static class NpyBytes
{
    /// <summary>Signature, version, length of the header, header, data; padding is up to the caller.</summary>
    public static byte[] Of(int version, string header, params byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header), length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        }

        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    /// <summary>A file of version 1 with a type, an order and a shape.</summary>
    public static byte[] Of(string type, bool isFortran, string shape, params byte[] data) =>
        Of(1, $"{{'descr': '{type}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': {shape}, }}\n", data);
}
