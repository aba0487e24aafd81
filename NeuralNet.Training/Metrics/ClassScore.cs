namespace NeuralNet.Training.Metrics;

/// <summary>A number made of the hits of a class, of how many samples were predicted as it, and of how many belong to it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Of">The formula: of hits, predictions and samples; 0 where it would divide by 0, as scikit-learn with <c>zero_division=0</c>.</param>
internal sealed record ClassScore(string Name, Func<double, double, double, double> Of)
{
    /// <summary>Hits among the predictions.</summary>
    public static readonly ClassScore Precision = new("precision", (hits, predicted, _) => Share(hits, predicted));

    /// <summary>Hits among the samples.</summary>
    public static readonly ClassScore Recall = new("recall", (hits, _, actual) => Share(hits, actual));

    /// <summary>The harmonic mean of both.</summary>
    public static readonly ClassScore F1 = new("F1", (hits, predicted, actual) => Share(2 * hits, predicted + actual));

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
