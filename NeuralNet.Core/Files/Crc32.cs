namespace NeuralNet.Core.Files;

/// <summary>The checksum of ZIP, gzip and PNG files: CRC-32, the remainder by the polynomial <c>x³² + x²⁶ + x²³ + x²² + x¹⁶ + x¹² + x¹¹ + x¹⁰ + x⁸ + x⁷ + x⁵ + x⁴ + x² + x + 1</c>,
/// lowest bit first.</summary>
/// <remarks>Source: ISO 3309; Annex D of the specification of PNG. Eight bytes at a time by eight tables (Kounavis and Berry 2005, "A systematic approach to building high
/// performance software-based CRC generators").</remarks>
public static class Crc32
{
    private const int Lanes = 8;

    // Table k: the remainder of a byte that k more bytes follow.
    private static readonly uint[] s_tables = Tables();

    /// <summary>The checksum of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        ReadOnlySpan<uint> tables = s_tables;
        for (; bytes.Length >= Lanes; bytes = bytes[Lanes..])
        {
            uint next = 0;
            for (int i = 0; i < Lanes; i++)
            {
                byte value = (byte)(bytes[i] ^ (i < sizeof(uint) ? checksum >> (8 * i) : 0));
                next ^= tables[(256 * (Lanes - 1 - i)) + value];
            }

            checksum = next;
        }

        foreach (byte value in bytes)
        {
            checksum = tables[(int)((checksum ^ value) & 0xFF)] ^ (checksum >> 8);
        }

        return ~checksum;
    }

    private static uint[] Tables()
    {
        uint[] tables = new uint[256 * Lanes];
        for (int value = 0; value < 256; value++)
        {
            uint remainder = (uint)value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
            }

            tables[value] = remainder;
        }

        for (int i = 256; i < tables.Length; i++)
        {
            uint before = tables[i - 256];
            tables[i] = tables[(int)(before & 0xFF)] ^ (before >> 8);
        }

        return tables;
    }
}
