namespace NeuralNet.Training.Data;

/// <summary>The numbers of names.</summary>
internal static class NameIndex
{
    /// <summary>The position of each name.</summary>
    /// <param name="names">The names.</param>
    /// <param name="what">What they name, in the plural, for errors.</param>
    /// <param name="parameter">The parameter that they came by.</param>
    /// <exception cref="ArgumentException">A name stands there twice.</exception>
    public static Dictionary<string, int> Of(IReadOnlyList<string> names, string what, string parameter)
    {
        var numbers = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (!numbers.TryAdd(names[i], i))
            {
                throw new ArgumentException($"Names {numbers[names[i]]} and {i} of the {what} are both '{names[i]}'.", parameter);
            }
        }

        return numbers;
    }
}
