using System.Globalization;

namespace NeuralNet.Examples.CharacterModel;

/// <summary>The characters of a text and their numbers, from 0 on, in the order of their codes.</summary>
internal sealed class Alphabet
{
    private readonly char[] _characters;

    /// <summary>The alphabet of a text.</summary>
    public Alphabet(string text) => _characters = [.. text.Distinct().Order()];

    /// <summary>How many there are.</summary>
    public int Count => _characters.Length;

    /// <summary>The character of a number.</summary>
    public char this[int number] => _characters[number];

    /// <summary>The numbers of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">A character is not in the alphabet, so that no model has learned anything of it.</exception>
    public int[] Encode(string text) => [.. text.Select((character, i) =>
    {
        int number = Array.BinarySearch(_characters, character);
        return number >= 0 ? number : throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture, $"'{character}' (U+{(int)character:X4}), character {i + 1} of '{text}', does not occur in the text that the model has learned."));
    })];
}
