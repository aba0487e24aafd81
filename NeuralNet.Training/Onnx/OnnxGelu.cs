namespace NeuralNet.Training.Onnx;

/// <summary>The constants of the form of GELU with tanh.</summary>
/// <remarks><b>Source.</b> Hendrycks and Gimpel (2016), section 2.</remarks>
internal static class OnnxGelu
{
    /// <summary>The factor of x³.</summary>
    public const double Cubic = 0.044715;

    /// <summary>√(2/π), the factor within tanh.</summary>
    public static double TanhScale { get; } = Math.Sqrt(2 / Math.PI);
}
