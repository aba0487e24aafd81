namespace NeuralNet.Examples.CharacterModel;

/// <summary>Lets a network write: each character is drawn by its scores, and read as what comes next.</summary>
internal static class Writer
{
    /// <summary>A text.</summary>
    /// <param name="network">The network.</param>
    /// <param name="alphabet">Its characters.</param>
    /// <param name="prompt">What it begins with, one character or more.</param>
    /// <param name="length">How many characters are to follow.</param>
    /// <param name="temperature">What the scores are divided by; at 0 the highest alone counts.</param>
    /// <param name="random">Draws.</param>
    /// <exception cref="ArgumentException">The prompt has a character that the network does not know.</exception>
    public static string Write(CharacterNetwork network, Alphabet alphabet, string prompt, int length, double temperature, Random random)
    {
        int[] beginning = alphabet.Encode(prompt);
        network.Restart();
        foreach (int character in beginning[..^1])
        {
            network.Read(character);
        }

        var text = new char[length];
        int next = beginning[^1];
        for (int i = 0; i < length; i++)
        {
            next = Draw(network.Read(next), temperature, random);
            text[i] = alphabet[next];
        }

        return prompt + new string(text);
    }

    // p_j is proportional to exp(s_j / temperature); the largest is taken away first, so that nothing overflows.
    private static int Draw(Matrix<float> scores, double temperature, Random random)
    {
        float[] row = scores.Row(0).ToArray();
        int best = Array.IndexOf(row, row.Max());
        if (temperature == 0)
        {
            return best;
        }

        double[] weights = [.. row.Select(score => Math.Exp(((double)score - row[best]) / temperature))];
        double rest = random.NextDouble() * weights.Sum();
        for (int j = 0; j < weights.Length; j++)
        {
            rest -= weights[j];
            if (rest < 0)
            {
                return j;
            }
        }

        return best;
    }
}
