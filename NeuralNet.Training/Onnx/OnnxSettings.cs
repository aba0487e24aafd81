using System.Globalization;

namespace NeuralNet.Training.Onnx;

/// <summary>Settings that are attributes of a node. An attribute holds a float; a setting is a double. One that is not the shortest decimal number of its float is
/// told in the node's documentation too, so that reading gives the same bits.</summary>
internal sealed class OnnxSettings
{
    private readonly List<OnnxAttribute> _attributes = [];

    /// <summary>The attributes.</summary>
    public OnnxAttribute[] Attributes => [.. _attributes];

    /// <summary>What a float does not hold, as <c>name=value</c>, parted by semicolons.</summary>
    public string Documentation { get; private set; } = "";

    /// <summary>Adds a setting.</summary>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="NotSupportedException">It is beyond the range of a float.</exception>
    public OnnxSettings With(string name, double value)
    {
        var rounded = (float)value;
        if (!float.IsFinite(rounded))
        {
            throw new NotSupportedException($"{name} {value} cannot be written as ONNX: an attribute is a float, which has no such number.");
        }

        _attributes.Add(OnnxAttribute.Of(name, rounded));
        if (Shortest(rounded) != value)
        {
            Documentation += (Documentation.Length > 0 ? ";" : "") + Text(name, value);
        }

        return this;
    }

    /// <summary>A setting as it stands in the documentation.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static string Text(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value:R}");

    /// <summary>A setting of a node that was read.</summary>
    /// <param name="node">The node.</param>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="value">The attribute's value.</param>
    /// <returns>What the documentation says of it, where that is this float; otherwise the shortest decimal number that is.</returns>
    public static double Read(OnnxNode node, string name, float value) =>
        Find(node, name) is double exact && (float)exact == value ? exact : Shortest(value);

    /// <summary>What the documentation of a node says of a setting; null for nothing.</summary>
    /// <param name="node">The node.</param>
    /// <param name="name">The name of the setting.</param>
    public static double? Find(OnnxNode node, string name)
    {
        foreach (string setting in node.Documentation.Split(';'))
        {
            if (setting.StartsWith(name + "=", StringComparison.Ordinal)
                && double.TryParse(setting.AsSpan(name.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                return value;
            }
        }

        return null;
    }

    // 0.1f as the double 0.1, which is what somebody wrote.
    private static double Shortest(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
