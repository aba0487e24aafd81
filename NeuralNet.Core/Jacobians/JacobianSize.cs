using System.Globalization;

namespace NeuralNet.Core.Jacobians;

/// <summary>How large an explicit Jacobian would be.</summary>
/// <param name="Outputs">Its rows: the elements of the output.</param>
/// <param name="Inputs">Its columns: the elements of the variable.</param>
/// <param name="BytesPerEntry">4 for float, 8 for double.</param>
public readonly record struct JacobianSize(long Outputs, long Inputs, int BytesPerEntry)
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Outputs times inputs.</summary>
    public Int128 Entries => (Int128)Outputs * Inputs;

    /// <summary>What they take in memory.</summary>
    public Int128 Bytes => Entries * BytesPerEntry;

    /// <summary><c>262,144 × 262,144 = 68,719,476,736 entries (2^36), 256 GiB in float</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Outputs:N0} × {Inputs:N0} = {Entries:N0} entries{Power()}, {Describe(Bytes)} in {(BytesPerEntry == sizeof(float) ? "float" : "double")}");

    /// <summary>A number of bytes in the largest unit of 1024 that leaves 1 or more: <c>256 GiB</c>.</summary>
    internal static string Describe(Int128 bytes)
    {
        int unit = 0;
        double value = (double)bytes;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    private string Power() => Entries > 1 && Int128.IsPow2(Entries) ? $" (2^{Int128.Log2(Entries)})" : "";
}
