namespace NeuralNet.Training.Data.Text;

/// <summary>Tags of entities: <c>O</c> outside of any, otherwise a letter that says where in the entity the token stands, a dash and the kind of entity.</summary>
/// <remarks>IOB1: <c>I-</c> within, <c>B-</c> only at the start of an entity right after another of its kind. IOB2: <c>B-</c> at every start. BIOES: <c>E-</c> at the end besides,
/// and <c>S-</c> for an entity of one token. Source: Ramshaw and Marcus (1995); Tjong Kim Sang and Veenstra (1999), "Representing text chunks".</remarks>
public static class EntityTags
{
    private const string Outside = "O";

    /// <summary>Tags of IOB1 as tags of IOB2: an entity begins with <c>B-</c>. Tags of IOB2 stay as they are.</summary>
    /// <param name="tags">The tags of one sentence.</param>
    /// <exception cref="ArgumentException">A tag is neither <c>O</c> nor <c>B-</c> or <c>I-</c> with a kind.</exception>
    public static IReadOnlyList<string> ToIob2(IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var converted = new string[tags.Count];
        string before = Outside;
        for (int i = 0; i < converted.Length; i++)
        {
            string kind = Kind(tags, i, "BI");
            converted[i] = kind != Outside && kind != before ? $"B-{kind}" : tags[i];
            before = kind;
        }

        return converted;
    }

    /// <summary>The kinds alone: <c>PER</c> of <c>I-PER</c>, and <c>O</c>.</summary>
    /// <param name="tags">Tags of IOB1, IOB2 or BIOES.</param>
    /// <exception cref="ArgumentException">A tag is neither <c>O</c> nor one of the letters B, I, E, S with a kind.</exception>
    public static IReadOnlyList<string> Kinds(IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return [.. Enumerable.Range(0, tags.Count).Select(i => Kind(tags, i, "BIES"))];
    }

    private static string Kind(IReadOnlyList<string> tags, int index, string letters) => tags[index] switch
    {
        Outside => Outside,
        [char letter, '-', _, ..] tag when letters.Contains(letter, StringComparison.Ordinal) => tag[2..],
        var tag => throw new ArgumentException(
            $"Tag {index} is '{tag}'; expected {Outside}, or {string.Join(", ", letters.Select(letter => $"{letter}-"))} and a kind.", nameof(tags)),
    };
}
