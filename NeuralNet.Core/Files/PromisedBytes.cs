namespace NeuralNet.Core.Files;

/// <summary>Reads what a header promises without taking memory on its word: in pieces that double as they come.</summary>
public static class PromisedBytes
{
    private const int FirstPiece = 1 << 20;

    /// <summary>Reads until the promise is fulfilled or the data ends.</summary>
    /// <param name="promised">How many bytes there should be.</param>
    /// <param name="fill">Fills memory as far as data goes, and says how far.</param>
    /// <param name="filled">How many bytes there were.</param>
    /// <returns>The bytes; as many as promised where <paramref name="filled"/> is.</returns>
    public static byte[] Read(int promised, Func<Span<byte>, int> fill, out int filled)
    {
        var bytes = new byte[Math.Min(promised, FirstPiece)];
        filled = fill(bytes);
        while (filled == bytes.Length && filled < promised)
        {
            Array.Resize(ref bytes, (int)Math.Min(promised, 2L * bytes.Length));
            filled += fill(bytes.AsSpan(filled));
        }

        return bytes;
    }
}
