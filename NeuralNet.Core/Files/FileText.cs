using System.Text;

namespace NeuralNet.Core.Files;

/// <summary>Names and texts of files.</summary>
internal static class FileText
{
    // Names come from files and may be of any length; messages are not.
    private const int MostShown = 80;

    /// <summary>UTF-8 that refuses what has none.</summary>
    public static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A text of a file for a message: cut off where it is long, and in one line.</summary>
    public static string Shown(string text)
    {
        string begin = text.Length <= MostShown ? text : text[..MostShown] + "…";
        return begin.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 ? begin : string.Concat(begin.Select(letter => letter < ' ' ? '\uFFFD' : letter));
    }

    /// <summary>Refuses a text that has no UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameter">The argument that it is.</param>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static void ThrowIfNone(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        try
        {
            _ = Utf8.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException($"The text has half of a surrogate pair at {exception.Index}, which no file can hold.", parameter, exception);
        }
    }
}
