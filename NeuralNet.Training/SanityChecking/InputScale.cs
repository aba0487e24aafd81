using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Layers;

namespace NeuralNet.Training.SanityChecking;

/// <summary>The size of what the first layer with weights receives: whether large activations come from the inputs or from the weights.</summary>
/// <param name="Lowest">The lowest number.</param>
/// <param name="Highest">The highest.</param>
/// <param name="Size">The root of the mean square.</param>
/// <param name="IsFinite">Whether all numbers of the data are finite.</param>
internal readonly record struct InputScale(double Lowest, double Highest, double Size, bool IsFinite)
{
    private const double LargestSize = 5;

    /// <summary>What to do against activations that are too large.</summary>
    public string Remedy => Size > LargestSize
        ? $"scale the inputs, they run from {Number.Text(Lowest)} to {Number.Text(Highest)}; mean 0 and deviation 1 is healthy (Scaling.Standardize)"
        : "start with smaller weights (Glorot, He)";

    /// <summary>Measures the input of the first layer that has parameters; indices, which an embedding takes, have no size.</summary>
    /// <param name="data">The input of the network.</param>
    /// <param name="parts">The layers in order, after a forward pass.</param>
    public static InputScale Of<T>(Matrix<T> data, IEnumerable<NetworkPart<T>> parts) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isFinite = data.AsSpan().ToArray().All(T.IsFinite);
        Matrix<T> input = parts.Where(part => part.Gate.Parameters.Count > 0).Select(part => part.Gate is Embedding<T> ? null : part.Inputs[0]).FirstOrDefault() ?? Matrices.Zeros<T>(1, 1);
        double[] values = Array.ConvertAll(input.AsSpan().ToArray(), double.CreateTruncating);
        return new InputScale(values.Min(), values.Max(), Math.Sqrt(values.Average(x => x * x)), isFinite);
    }
}
