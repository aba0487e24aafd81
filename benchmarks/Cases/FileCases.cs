namespace NeuralNet.Benchmarks.Cases;

/// <summary>100 MB of float weights, written and read.</summary>
internal static class FileCases
{
    // 5000 × 5000 numbers of 4 bytes.
    private const int Size = 5000;
    private const double Bytes = 4.0 * Size * Size;

    /// <summary>Written to the disk, written as far as the system's cache, and read out of that; <c>rows</c> are safetensors that lie row after row, which matrices do not.</summary>
    /// <param name="folder">Where the files are.</param>
    public static IEnumerable<Case> All(string folder) =>
    [
        Make("save", "safetensors", "flushed", folder),
        Make("save", "npy", "flushed", folder),
        Make("save", "safetensors", "cached", folder),
        Make("save", "rows", "cached", folder),
        Make("load", "safetensors", "cached", folder),
        Make("load", "rows", "cached", folder),
        Make("load", "npy", "cached", folder),
    ];

    private static Case Make(string kind, string format, string end, string folder) => new(
        $"{kind} {format}, 100 MB, {end}", kind, $"float {format} {end} {folder} {Size}", Unit.GigabytesPerSecond, new Load(Element.Float, Bytes, 2 * Bytes, 2 * Bytes));
}
