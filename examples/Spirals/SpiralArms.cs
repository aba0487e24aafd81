using NeuralNet.Core.Randomness;
using NeuralNet.Training.Data;

namespace NeuralNet.Examples.Spirals;

/// <summary>The data of CS231n's case study: points on arms of a spiral, an arm a class.</summary>
/// <remarks>Point i of n on arm j has the radius <c>r = i/(n − 1)</c> and the angle <c>t = 4j + 4i/(n − 1) + 0.2·N(0, 1)</c>, and lies at
/// <c>(r·sin t, r·cos t)</c>. <b>Source.</b> CS231n notes, "Putting it together: Minimal Neural Network Case Study".</remarks>
internal static class SpiralArms
{
    /// <summary>Arms, which are classes.</summary>
    public const int Arms = 3;

    /// <summary>Points of an arm.</summary>
    public const int PointsPerArm = 100;

    private const double Noise = 0.2, Turn = 4;

    /// <summary>Draws the points.</summary>
    /// <param name="seed">The same seed gives the same points.</param>
    /// <returns>300 samples of two features, arm after arm, each from the centre outwards.</returns>
    public static DataSet<double> Draw(long seed)
    {
        var random = new Philox(seed);
        var points = new double[Arms * PointsPerArm][];
        var labels = new int[points.Length];
        for (int n = 0; n < points.Length; n++)
        {
            (int arm, int i) = Math.DivRem(n, PointsPerArm);
            double radius = i / (PointsPerArm - 1.0);
            double angle = (Turn * (arm + radius)) + (Noise * Normal(random));
            points[n] = [radius * Math.Sin(angle), radius * Math.Cos(angle)];
            labels[n] = arm;
        }

        return DataSet<double>.FromRows(points, labels, Arms);
    }

    // Box and Muller, 1958.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
