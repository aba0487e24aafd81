using System.Text;

namespace NeuralNet.Training.Reports;

/// <summary>Writes a page of HTML, or a drawing in it, that is well-formed XML as well: every element is closed, and all text is escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = [];

    /// <summary>Opens an element, which is closed where the scope ends: <c>using (html.In("p")) { … }</c>.</summary>
    public Scope In(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(tag, attributes);
        _text.Append('>');
        _open.Push(tag);
        return new Scope(this);
    }

    /// <summary>An element with nothing but text in it.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using (In(tag, attributes))
        {
            Text(text);
        }
    }

    /// <summary>An element without content, such as an image or a line.</summary>
    public void Empty(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(tag, attributes);
        _text.Append("/>");
    }

    /// <summary>Text.</summary>
    public void Text(string text) => AppendEscaped(text);

    /// <summary>A style sheet, which is no text to be escaped: it has none of the characters that would be.</summary>
    public void Style(string css)
    {
        using (In("style"))
        {
            _text.Append(css);
        }
    }

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text, string css = "note") => Element("p", text, ("class", css));

    /// <summary>The page.</summary>
    public override string ToString() => $"<!DOCTYPE html>\n{_text}\n";

    private void Begin(string tag, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        // A line for each element that is no part of a line of text keeps the file readable.
        if (tag is not ("span" or "b" or "title" or "text" or "td" or "th" or "a" or "dt" or "dd"))
        {
            _text.Append('\n');
        }

        _text.Append('<').Append(tag);
        foreach ((string name, string value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"");
            AppendEscaped(value);
            _text.Append('"');
        }
    }

    private void AppendEscaped(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\n' or '\t' => _text.Append((char)rune.Value),
                // Control characters have no place in HTML or XML; half of a surrogate pair comes as U+FFFD already.
                < 32 or (>= 127 and < 160) or 0xFFFE or 0xFFFF => _text.Append('\uFFFD'),
                _ => _text.Append(rune),
            };
        }
    }

    private void Close() => _text.Append("</").Append(_open.Pop()).Append('>');

    /// <summary>An open element.</summary>
    public readonly ref struct Scope(HtmlWriter writer)
    {
        /// <summary>Closes it.</summary>
        public void Dispose() => writer.Close();
    }
}
