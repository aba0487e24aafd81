using System.Globalization;
using System.Numerics;

namespace NeuralNet.Core.Text;

/// <summary>Numbers as drawings and tables print them.</summary>
internal static class NumberText
{
    /// <summary>Four decimals below 10, four digits above, no zeros at the end, a true minus sign: <c>−0.1966</c>, <c>1.3679</c>,
    /// <c>253.7</c>, <c>1.5e−08</c>.</summary>
    public static string Of<T>(T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T size = T.Abs(value);
        string format = size >= T.CreateChecked(0.01) && size < T.CreateChecked(10) ? "0.####" : "G4";
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−').Replace("E", "e", StringComparison.Ordinal);
    }
}
