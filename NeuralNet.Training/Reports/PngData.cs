using NeuralNet.Training.Data.Images;

namespace NeuralNet.Training.Reports;

/// <summary>Pictures as <c>data:</c> addresses that a page can hold.</summary>
internal static class PngData
{
    /// <summary>Pixels as a PNG in an address.</summary>
    /// <param name="pixels">Row by row, the channels of a pixel side by side: <c>height · width · channels</c> bytes.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="channels">1 for grey, 3 for colours, 4 for colours and opacity.</param>
    public static string Uri(ReadOnlySpan<byte> pixels, int height, int width, int channels) =>
        $"data:image/png;base64,{Convert.ToBase64String(PngEncoder.Encode(width, height, channels, pixels))}";
}
