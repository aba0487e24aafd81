namespace NeuralNet.Training.Data.Text;

/// <summary>A sentence with a tag for each of its tokens.</summary>
public sealed record TaggedSentence
{
    /// <summary>A sentence.</summary>
    /// <param name="tokens">The words and signs, one or more.</param>
    /// <param name="tags">Their tags, as many.</param>
    /// <exception cref="ArgumentException">There are no tokens, or more or fewer tags.</exception>
    public TaggedSentence(IReadOnlyList<string> tokens, IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(tags);
        if (tokens.Count == 0 || tokens.Count != tags.Count)
        {
            throw new ArgumentException($"A sentence has one token or more and a tag for each; got {tokens.Count} tokens and {tags.Count} tags.", nameof(tags));
        }

        (Tokens, Tags) = (tokens, tags);
    }

    /// <summary>The words and signs.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>Their tags, as the file has them.</summary>
    public IReadOnlyList<string> Tags { get; }
}
