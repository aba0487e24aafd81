namespace NeuralNet.Training.Metrics;

/// <summary>A number made of samples in the order of their scores, the largest first: how far the positive ones come before the others.</summary>
/// <param name="Name">The name.</param>
/// <param name="Step">What samples of one score add: of the positive and negative ones with larger scores, then of those with these included.</param>
/// <param name="Whole">What the sum is divided by: of all positive and all negative ones.</param>
internal sealed record RankingScore(string Name, Func<double, double, double, double, double> Step, Func<double, double, double> Whole)
{
    /// <summary>The area under the curve of true positives over false positives, straight within samples of one score. NaN where either are none.</summary>
    public static readonly RankingScore RocAuc = new(
        "ROC AUC", (tpBefore, fpBefore, tp, fp) => (fp - fpBefore) * (tpBefore + tp) / 2, (positive, negative) => positive * negative);

    /// <summary><c>Σ_n (R_n − R_n−1)·P_n</c> over the scores. Where no sample is positive the sum is 0, divided by 1.</summary>
    public static readonly RankingScore AveragePrecision = new(
        "average precision", (tpBefore, _, tp, fp) => (tp - tpBefore) * tp / (tp + fp), (positive, _) => positive > 0 ? positive : 1);
}
