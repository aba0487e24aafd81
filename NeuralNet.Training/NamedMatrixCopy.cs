using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training;

/// <summary>Puts saved matrices into those of the same names: all of them, or none where something does not fit.</summary>
internal static class NamedMatrixCopy
{
    /// <summary>Copies.</summary>
    /// <param name="owner">Whose matrices they are, for errors.</param>
    /// <param name="own">The matrices that are written.</param>
    /// <param name="given">As many, by the same names, in any order.</param>
    /// <param name="name">What the caller's parameter is called, for errors.</param>
    /// <exception cref="ArgumentException">A matrix is missing, is not one of the owner's, is given twice, or has another shape.</exception>
    public static void Restore<T>(
        object owner, IEnumerable<(string Name, Matrix<T> Value)> own, IEnumerable<(string Name, Matrix<T> Value)> given, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Dictionary<string, Matrix<T>> places = own.ToDictionary(state => state.Name, state => state.Value);
        var found = new Dictionary<string, Matrix<T>>();
        foreach ((string key, Matrix<T> value) in given)
        {
            if (key is null || !places.TryGetValue(key, out Matrix<T>? place))
            {
                throw new ArgumentException(
                    $"{owner} has no state '{key}', its states are: {(places.Count == 0 ? "none" : string.Join(", ", places.Keys))}.", name);
            }

            if (value is null)
            {
                throw new ArgumentException($"The state '{key}' has no matrix.", name);
            }

            if (!value.HasShapeOf(place))
            {
                throw new ArgumentException($"The state '{key}' of {owner} is {place.Shape()}, got {value.Shape()}.", name);
            }

            if (!found.TryAdd(key, value))
            {
                throw new ArgumentException($"The state '{key}' is given twice.", name);
            }
        }

        if (places.Keys.FirstOrDefault(key => !found.ContainsKey(key)) is { } missing)
        {
            throw new ArgumentException($"The state '{missing}' of {owner} is not given.", name);
        }

        foreach ((string key, Matrix<T> value) in found)
        {
            value.CopyTo(places[key]);
        }
    }
}
