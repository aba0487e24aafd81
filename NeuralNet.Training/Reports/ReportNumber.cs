using System.Globalization;

namespace NeuralNet.Training.Reports;

/// <summary>Numbers as the report prints them: with a point in any language, a true minus sign, and few digits.</summary>
internal static class ReportNumber
{
    /// <summary>Four digits: <c>0.1234</c>, <c>−3.5</c>, <c>12,346</c>, <c>1.5e−8</c>, <c>∞</c>.</summary>
    public static string Of(double value)
    {
        double size = Math.Abs(value);
        string format = size switch
        {
            0 => "0",
            < 1e-3 or >= 1e6 => "0.###e0",
            >= 9999.5 => "#,0",
            _ => "G4",
        };
        string text = double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "∞" : "−∞") : value.ToString(format, CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A whole number: <c>50,890</c>.</summary>
    public static string Of(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A share: <c>98.2%</c>.</summary>
    public static string Percent(double share) =>
        double.IsFinite(share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture).Replace('-', '−') + "%" : Of(share);

    /// <summary>A coordinate in a drawing or a share in a style, with a point and a plain minus.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A time: <c>0.42 s</c>, <c>3 min 05 s</c>, <c>2 h 07 min</c>.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{Of(time.TotalSeconds)} s",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours):0} h {time.Minutes:00} min"),
    };
}
