
namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>The colours of drawings.</summary>
internal static class Colors
{
    /// <summary>Values: green, as in the lecture.</summary>
    public const string Value = "#18794e";

    /// <summary>Gradients: red, as in the lecture.</summary>
    public const string Gradient = "#c92a2a";

    /// <summary>The fill of a gate, by what it does with the gradient.</summary>
    public static string Of(FlowPattern pattern) => pattern switch
    {
        FlowPattern.Distributor => "#e7f5ff",
        FlowPattern.Router => "#fff3bf",
        FlowPattern.Switcher => "#f3e8fd",
        FlowPattern.Scaler => "#e6fcf5",
        FlowPattern.Carrier => "#f1f3f5",
        _ => "#fff0f6",
    };
}
