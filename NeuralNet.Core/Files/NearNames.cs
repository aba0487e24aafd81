namespace NeuralNet.Core.Files;

/// <summary>What a name that is not there may have meant.</summary>
internal static class NearNames
{
    private const int MostShown = 8;
    private const int MostCompared = 10_000;

    /// <summary>The message of a name that is not there: the names that there are, or those that are like it.</summary>
    /// <param name="file">What errors call the file.</param>
    /// <param name="kind">What the name is of: "tensor".</param>
    /// <param name="name">The name that is not there.</param>
    /// <param name="names">Those that are.</param>
    public static string Refusal(string file, string kind, string name, IEnumerable<string> names)
    {
        string[] all = [.. names];
        string[] near = [.. all.Take(MostCompared).OrderBy(each => Distance(each, name)).Take(MostShown).Select(each => $"'{FileText.Shown(each)}'")];
        string list = all.Length == 0 ? "none" : all.Length <= MostShown
            ? string.Join(", ", all.Select(each => $"'{FileText.Shown(each)}'"))
            : $"{all.Length}, of which these are the nearest: {string.Join(", ", near)}";
        return $"{file}: there is no {kind} '{FileText.Shown(name)}'. There are {list}.";
    }

    // The least number of letters to insert, remove and change (Levenshtein 1966), over the first hundred.
    private static int Distance(string a, string b)
    {
        const int Most = 100;
        ReadOnlySpan<char> x = a.AsSpan(0, Math.Min(a.Length, Most)), y = b.AsSpan(0, Math.Min(b.Length, Most));
        Span<int> row = stackalloc int[Most + 1];
        for (int j = 0; j <= y.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= x.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= y.Length; j++)
            {
                int changed = diagonal + (x[i - 1] == y[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(diagonal, row[j - 1]) + 1);
            }
        }

        return row[y.Length];
    }
}
