namespace NeuralNet.Core.Providers;

/// <summary>Whether a factor of a matrix product is taken as it is stored or transposed.</summary>
public enum Transpose
{
    /// <summary>As stored: <c>op(A) = A</c>.</summary>
    No,

    /// <summary>Transposed: <c>op(A) = Aᵀ</c>.</summary>
    Yes,
}
