namespace NeuralNet.Core.Kernels.Threads;

/// <summary>How a length is cut into pieces of work; right for every length, up to 2³¹ − 1, where adding to it first would wrap.</summary>
/// <remarks>Piece p begins at <c>p·pieceLength</c>, which is below the length, and has <c>min(pieceLength, length − first)</c> elements.</remarks>
internal static class WorkPieces
{
    /// <summary>How many pieces there are; none of nothing.</summary>
    /// <param name="length">The length, 0 or more.</param>
    /// <param name="pieceLength">The length of all pieces but the last, 1 or more.</param>
    public static int Count(int length, int pieceLength) => length == 0 ? 0 : ((length - 1) / pieceLength) + 1;
}
