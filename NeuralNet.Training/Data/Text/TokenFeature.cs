namespace NeuralNet.Training.Data.Text;

/// <summary>Something of a token that a network is told as a number: which word it is, or how it is written.</summary>
/// <example>
/// <code>
/// var isCapital = new TokenFeature("capital", count: 3, token => char.IsUpper(token[0]) ? 1 : 0, padding: 2);
/// </code>
/// </example>
/// <remarks>Safe to use from several threads if its function is.</remarks>
public sealed class TokenFeature
{
    /// <summary>A feature.</summary>
    /// <param name="name">What it is called, in the names of the columns.</param>
    /// <param name="count">V, how many numbers there are, that of the padding among them: 1 or more. An embedding needs as many rows.</param>
    /// <param name="number">The number of a token, 0 to V − 1.</param>
    /// <param name="padding">The number that stands where there is no token, before and after a sentence, 0 to V − 1.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="padding"/> is out of its range.</exception>
    public TokenFeature(string name, int count, Func<string, int> number, int padding)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(number);
        if ((uint)padding >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(nameof(padding), padding, $"The padding of feature '{name}' is one of its numbers, 0 to {count - 1}, got {padding}.");
        }

        (Name, Count, Number, Padding) = (name, count, number, padding);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>V, how many numbers there are, that of the padding among them.</summary>
    public int Count { get; }

    /// <summary>The number of a token.</summary>
    public Func<string, int> Number { get; }

    /// <summary>The number that stands where there is no token.</summary>
    public int Padding { get; }

    /// <summary>Which word it is: the feature <c>word</c>, the numbers of a vocabulary.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    public static TokenFeature Of(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new TokenFeature("word", vocabulary.Count, token => vocabulary[token], Vocabulary.Padding);
    }
}
