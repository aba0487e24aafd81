using System.Globalization;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Figures in findings.</summary>
internal static class Number
{
    /// <summary>Four digits.</summary>
    public static string Text(double value) => value.ToString("g4", CultureInfo.InvariantCulture);

    /// <summary>A share in whole percents.</summary>
    public static string Percent(double share) => share.ToString("0%", CultureInfo.InvariantCulture);
}
