using System.Globalization;
using System.Numerics;

namespace NeuralNet.Core.Gates;

/// <summary>Numbers as drawings and tables print them.</summary>
internal static class Number
{
    /// <summary>At most four significant digits, with a true minus sign: <c>−0.1966</c>, <c>1.5e−8</c>.</summary>
    public static string Text<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−').Replace("E", "e", StringComparison.Ordinal);
}
