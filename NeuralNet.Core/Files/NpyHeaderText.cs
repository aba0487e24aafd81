namespace NeuralNet.Core.Files;

/// <summary>Reads the text of the header of a .npy file: a dictionary, as Python writes it, of three entries.</summary>
/// <param name="bytes">The file, for errors.</param>
/// <param name="offset">Where the text begins.</param>
/// <param name="text">The text, a letter a byte.</param>
internal sealed class NpyHeaderText(FileBytes bytes, int offset, string text)
{
    private const int MostDimensions = 64;

    private int _at;

    /// <summary>The name of the type.</summary>
    public string? Type { get; private set; }

    /// <summary>Whether the first index varies fastest.</summary>
    public bool? IsFortranOrder { get; private set; }

    /// <summary>The dimensions.</summary>
    public long[]? Dimensions { get; private set; }

    /// <summary>Reads the three entries.</summary>
    /// <exception cref="InvalidDataException">There are others, or they are not what they should be.</exception>
    public void ReadAll()
    {
        Expect('{');
        while (Next() != '}')
        {
            int place = _at;
            string key = ReadText("a key");
            Expect(':');
            bool isTwice = key switch
            {
                "descr" => Type is not null,
                "fortran_order" => IsFortranOrder is not null,
                "shape" => Dimensions is not null,
                _ => throw Invalid(place, $"'{FileText.Shown(key)}' is not known; expected 'descr', 'fortran_order' and 'shape'."),
            };
            if (isTwice)
            {
                throw Invalid(place, $"'{key}' stands in the header twice.");
            }

            ReadValue(key);
            if (Next() != '}')
            {
                Expect(',');
            }
        }

        Expect('}');
        if (text.AsSpan(_at).IndexOfAnyExcept(" \t\r\n") is >= 0 and int behind)
        {
            throw Invalid(_at + behind, "the header goes on after its end.");
        }

        string? missing = Type is null ? "descr" : IsFortranOrder is null ? "fortran_order" : Dimensions is null ? "shape" : null;
        if (missing is not null)
        {
            throw Invalid(0, $"the header has no '{missing}'.");
        }
    }

    private void ReadValue(string key)
    {
        switch (key)
        {
            case "descr":
                if (Next() is '[' or '(')
                {
                    throw Invalid(_at, "the array is of a structured type; expected numbers of one type.");
                }

                Type = ReadText("the type");
                break;
            case "fortran_order":
                Next();
                IsFortranOrder = TryTake("True") || (TryTake("False") ? false : throw Invalid(_at, "expected True or False."));
                break;
            default:
                ReadDimensions();
                break;
        }
    }

    private void ReadDimensions()
    {
        Expect('(');
        var dimensions = new List<long>();
        bool endsWithComma = true;
        while (Next() != ')')
        {
            if (!endsWithComma)
            {
                throw Invalid(_at, "expected ',' or ')'.");
            }

            if (dimensions.Count == MostDimensions)
            {
                throw Invalid(_at, $"the shape has more than {MostDimensions} numbers.");
            }

            dimensions.Add(ReadNumber());
            endsWithComma = Next() == ',';
            _at += endsWithComma ? 1 : 0;
        }

        // (3) is a number in brackets to Python, (3,) a shape.
        if (dimensions.Count == 1 && !endsWithComma)
        {
            throw Invalid(_at, "expected ','.");
        }

        Expect(')');
        Dimensions = [.. dimensions];
    }

    private long ReadNumber()
    {
        int begin = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        bool isNumber = long.TryParse(text.AsSpan(begin, _at - begin), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number);

        // Python 2 wrote long integers so.
        _at += isNumber && _at < text.Length && text[_at] == 'L' ? 1 : 0;
        return isNumber ? number : throw Invalid(begin, "expected a whole number from 0 to 9223372036854775807.");
    }

    private string ReadText(string what)
    {
        char quote = Next();
        int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
        if (end < 0)
        {
            throw Invalid(_at, $"expected {what} in quotes.");
        }

        string read = text[(_at + 1)..end];
        _at = end + 1;
        return read;
    }

    // The next letter that is no space; 0 at the end.
    private char Next()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }

        return _at < text.Length ? text[_at] : '\0';
    }

    private bool TryTake(string word)
    {
        bool isThere = string.CompareOrdinal(text, _at, word, 0, word.Length) == 0;
        _at += isThere ? word.Length : 0;
        return isThere;
    }

    private void Expect(char letter)
    {
        if (Next() != letter)
        {
            throw Invalid(_at, $"expected '{letter}'.");
        }

        _at++;
    }

    private InvalidDataException Invalid(int place, string problem) => bytes.Invalid(offset + place, problem);
}
