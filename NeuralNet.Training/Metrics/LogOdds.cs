namespace NeuralNet.Training.Metrics;

/// <summary>How a class stands against all others: <c>ln p_j − ln(1 − p_j) = s_j − ln Σ_k≠j e^s_k</c>, where p is the softmax of s.</summary>
internal static class LogOdds
{
    /// <summary>Replaces the logits of a row by the log-odds of its classes; NaN in all where a logit is NaN or +∞.</summary>
    /// <param name="s">Two logits or more.</param>
    public static void FromLogits(Span<double> s)
    {
        int first = 0;
        (double largest, double second) = (s[0], double.NegativeInfinity);
        for (int j = 1; j < s.Length; j++)
        {
            (first, largest, second) = s[j] > largest ? (j, s[j], largest) : (first, largest, Math.Max(second, s[j]));
        }

        // The others of the largest are summed apart: 1 − p has no digits left where p is nearly 1. For every other class the sum of the rest is 1 or more.
        (double sum, double others) = (0, 0);
        for (int j = 0; j < s.Length; j++)
        {
            sum += Math.Exp(s[j] - largest);
            others += j == first ? 0 : Math.Exp(s[j] - second);
        }

        double ofLargest = double.IsNegativeInfinity(second) ? double.PositiveInfinity : largest - second - Math.Log(others);
        for (int j = 0; j < s.Length; j++)
        {
            double difference = s[j] - largest;
            s[j] = double.IsNaN(sum) ? double.NaN : j == first ? ofLargest : difference - Math.Log(sum - Math.Exp(difference));
        }
    }
}
