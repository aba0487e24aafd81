using NeuralNet.Training.Data.Text;

namespace NeuralNet.Examples.Ner;

/// <summary>The feature that a network is told.</summary>
internal static class Spellings
{
    /// <summary>The spelling of each token.</summary>
    public static TokenFeature Feature { get; } = new("spelling", Enum.GetValues<Spelling>().Length, token => (int)Of(token), (int)Spelling.None);

    private static Spelling Of(string token)
    {
        bool hasDigits = token.Any(char.IsDigit), hasLetters = token.Any(char.IsLetter);
        return (hasDigits, hasLetters) switch
        {
            (true, true) => Spelling.DigitsAndLetters,
            (true, false) => Spelling.Digits,
            (false, false) => Spelling.Sign,
            _ => OfWord([.. token.Where(char.IsLetter)]),
        };
    }

    private static Spelling OfWord(char[] letters) => letters switch
    {
        _ when !letters.Any(char.IsUpper) => Spelling.Lower,
        [char first, .. var rest] when char.IsUpper(first) && !rest.Any(char.IsUpper) => Spelling.Initial,
        _ when letters.All(char.IsUpper) => Spelling.Capitals,
        _ => Spelling.Mixed,
    };
}
