using System.Globalization;
using System.Numerics;
using System.Text;

namespace NeuralNet.Core.Text;

/// <summary>Numbers and texts inside LaTeX formulas.</summary>
internal static class Latex
{
    /// <summary>A number as short as it can be told: <c>2</c>, <c>0.01</c>, <c>1.5 \cdot 10^{-8}</c>.</summary>
    public static string Number<T>(T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value))
        {
            return T.IsNaN(value) ? @"\text{NaN}" : T.IsPositive(value) ? @"\infty" : @"-\infty";
        }

        string text = value.ToString("G6", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0
            ? text
            : $@"{text[..exponent]} \cdot 10^{{{int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}}}";
    }

    /// <summary>A number to be added: <c>+ 0.5</c>, <c>- 0.5</c>.</summary>
    public static string Term<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNegative(value) ? $"- {Number(-value)}" : $"+ {Number(value)}";

    /// <summary>A text, upright, with what LaTeX would take as commands written out.</summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder();
        foreach (char letter in text)
        {
            escaped.Append(letter switch
            {
                '\\' => @"\textbackslash{}",
                '^' => @"\^{}",
                '~' => @"\~{}",
                '×' => @"}\times\text{",
                '→' => @"}\to\text{",
                '_' or '#' or '%' or '&' or '$' or '{' or '}' => $@"\{letter}",
                _ => letter.ToString(),
            });
        }

        return $@"\text{{{escaped}}}";
    }
}
