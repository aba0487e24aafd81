namespace NeuralNet.Benchmarks.Cases;

/// <summary>What follows from an element type.</summary>
internal static class ElementExtensions
{
    /// <summary>The name in C#, in C++ and in the protocol: <c>float</c>, <c>double</c>.</summary>
    public static string Name(this Element element) => element == Element.Float ? "float" : "double";

    /// <summary>Bytes of one number.</summary>
    public static int Bytes(this Element element) => element == Element.Float ? sizeof(float) : sizeof(double);
}
