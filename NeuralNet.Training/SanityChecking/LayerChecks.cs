using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core;

namespace NeuralNet.Training.SanityChecking;

/// <summary>What keeps layers from learning, whatever the loss says.</summary>
internal static class LayerChecks
{
    /// <summary>Layers most of whose outputs are saturated, with where that comes from.</summary>
    /// <param name="layers">The statistics.</param>
    /// <param name="inputs">How large the inputs are.</param>
    public static IEnumerable<SanityFinding> Saturation(IReadOnlyList<LayerStatistics> layers, InputScale inputs) => layers
        .Where(layer => layer.SaturatedShare > NetworkStatistics.TooManySaturated)
        .Select(layer => new SanityFinding(
            $"saturation of {layer.Position} {layer.Layer}".Replace("  ", " ", StringComparison.Ordinal),
            layer.SaturatedShare!.Value,
            $"at most {Number.Percent(NetworkStatistics.TooManySaturated)}",
            false,
            $"{Number.Percent(layer.SaturatedShare!.Value)} of the outputs are at their limits, where the slope is below a hundredth: {inputs.Remedy}"));

    /// <summary>Weights whose columns are all equal and get equal gradients: their units compute the same, and always will.</summary>
    /// <param name="parameters">The parameters, with the gradients of a pass. Biases, which begin equal and may, are not looked at, nor are slopes and the like, a
    /// row of numbers, that no gradient has reached.</param>
    public static IEnumerable<SanityFinding> Symmetry<T>(IReadOnlyList<NamedParameter<T>> parameters) where T : unmanaged, IFloatingPointIeee754<T> => parameters
        .Where(named => named.Parameter.IsRegularized && named.Parameter.Value.ColumnCount > 1 && (named.Parameter.Value.RowCount > 1 || named.Parameter.GradientToRead.ContainsAnyExcept(T.Zero))
            && AreColumnsEqual(named.Parameter.Value.AsSpan(), named.Parameter.Value.RowCount) && AreColumnsEqual(named.Parameter.GradientToRead, named.Parameter.Value.RowCount))
        .Select(named => new SanityFinding(
            $"columns of {named.Name}",
            1,
            $"up to {named.Parameter.Value.ColumnCount} that differ",
            false,
            $"symmetry: all {named.Parameter.Value.ColumnCount} columns are equal and so are their gradients, so the units compute the same and always will. Draw the weights at random"));

    // Up to rounding: units that are alike may be summed up in another order.
    private static bool AreColumnsEqual<T>(ReadOnlySpan<T> matrix, int rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = T.Abs(TensorPrimitives.MaxMagnitude(matrix));
        T tolerance = T.CreateTruncating(16) * (T.BitIncrement(T.One) - T.One) * largest;
        for (int i = rows; i < matrix.Length; i++)
        {
            if (!(T.Abs(matrix[i] - matrix[i % rows]) <= tolerance))
            {
                return false;
            }
        }

        return true;
    }
}
