using System.Text;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Data.Text;

/// <summary>Reads the files of the CoNLL shared tasks: a token a line, its annotations in columns beside it, an empty line after each sentence.</summary>
/// <example>
/// <code>
/// var sentences = ConllFile.Read("wikigold.conll.txt");              // the token stands first, its tag last
/// </code>
/// </example>
/// <remarks>
/// Columns are separated by spaces or tabs, and every line has the same number of them. Lines that begin with <c>-DOCSTART-</c> separate documents and are
/// passed over. Text is UTF-8. Tags are given as they are (see <see cref="EntityTags"/>).
/// Source: Tjong Kim Sang and De Meulder (2003), "Introduction to the CoNLL-2003 shared task", section 2. Safe to use from several threads.
/// </remarks>
public static class ConllFile
{
    private const string DocumentStart = "-DOCSTART-";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tokenColumn">Which column is the token: counted from 0, or from the end as −1, −2, …; 0 by default.</param>
    /// <param name="tagColumn">Which column is the tag; −1 by default, the last.</param>
    /// <returns>The sentences, in the order of the file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line lacks a column or has more or fewer than the first, both columns are one, the text is not UTF-8, or there are no
    /// sentences; the message names file and line. Or it is no regular file.</exception>
    public static IReadOnlyList<TaggedSentence> Read(string path, int tokenColumn = 0, int tagColumn = -1)
    {
        using FileStream file = RegularFile.Open(path, "a file of the CoNLL form, a token and its tag a line");
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        return Read(reader, $"'{path}'", tokenColumn, tagColumn);
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text; read to its end, not disposed.</param>
    /// <param name="tokenColumn">Which column is the token: counted from 0, or from the end as −1, −2, …; 0 by default.</param>
    /// <param name="tagColumn">Which column is the tag; −1 by default, the last.</param>
    /// <returns>The sentences, in their order.</returns>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static IReadOnlyList<TaggedSentence> Read(TextReader reader, int tokenColumn = 0, int tagColumn = -1)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Read(reader, "The text", tokenColumn, tagColumn);
    }

    private static List<TaggedSentence> Read(TextReader reader, string source, int tokenColumn, int tagColumn)
    {
        var sentences = new List<TaggedSentence>();
        List<string> tokens = [], tags = [];

        // Tags, and most words, come again and again.
        var distinct = new Dictionary<string, string>(StringComparer.Ordinal);
        int columns = 0, number = 0;
        while (ReadLine(reader, source, ++number) is string line)
        {
            string[] cells = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0 || cells[0] == DocumentStart)
            {
                End();
                continue;
            }

            columns = columns == 0 ? cells.Length : columns;
            if (cells.Length != columns)
            {
                throw new InvalidDataException($"{source}, line {number}: {cells.Length} columns, but the first line has {columns}.");
            }

            (int token, int tag) = (Place(tokenColumn, "token"), Place(tagColumn, "tag"));
            if (token == tag)
            {
                throw new InvalidDataException($"{source}, line {number}: token and tag are both column {token} of {columns}.");
            }

            tokens.Add(Kept(cells[token]));
            tags.Add(Kept(cells[tag]));
        }

        End();
        return sentences.Count > 0 ? sentences : throw new InvalidDataException($"{source} has no sentences.");

        int Place(int column, string what) => column >= -columns && column < columns
            ? (column + columns) % columns
            : throw new InvalidDataException($"{source}, line {number}: {columns} columns, and none of number {column}, which is to be the {what}.");

        string Kept(string text) => distinct.TryGetValue(text, out string? same) ? same : distinct[text] = text;

        void End()
        {
            if (tokens.Count > 0)
            {
                sentences.Add(new TaggedSentence([.. tokens], [.. tags]));
                tokens.Clear();
                tags.Clear();
            }
        }
    }

    private static string? ReadLine(TextReader reader, string source, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException exception)
        {
            // Text is decoded in blocks, so the line is where the reader was.
            throw new InvalidDataException($"{source}, line {number} or a few after it: the text is not UTF-8.", exception);
        }
    }
}
