using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>Checksums of what a forward pass used, to find what was changed before its backward pass.</summary>
internal sealed class ChangeDetector<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<int> _checksums = [];

    /// <summary>Notes the matrices that a cache keeps, and the parameters of a gate that has no children to note their own.</summary>
    public void Note(object? owner, ReadOnlySpan<Matrix<T>> kept)
    {
        _checksums.Clear();
        foreach (Matrix<T> matrix in kept)
        {
            _checksums.Add(Checksum(matrix));
        }

        foreach (NamedParameter<T> named in ParametersOf(owner))
        {
            _checksums.Add(Checksum(named.Parameter.Value));
        }
    }

    /// <summary>Compares with what was noted.</summary>
    /// <exception cref="InvalidOperationException">Something was changed; the message names it.</exception>
    public void ThrowIfChanged(object? owner, ReadOnlySpan<Matrix<T>> kept)
    {
        for (int i = 0; i < kept.Length; i++)
        {
            if (Checksum(kept[i]) != _checksums[i])
            {
                throw Changed(owner, NameOf(owner, i, kept.Length));
            }
        }

        IReadOnlyList<NamedParameter<T>> parameters = ParametersOf(owner);
        for (int i = 0; i < parameters.Count; i++)
        {
            if (Checksum(parameters[i].Parameter.Value) != _checksums[kept.Length + i])
            {
                throw Changed(owner, $"its parameter {parameters[i].Name}");
            }
        }
    }

    private static IReadOnlyList<NamedParameter<T>> ParametersOf(object? owner) => owner is Gate<T> { Children.Count: 0 } gate ? gate.Parameters : [];

    private static int Checksum(Matrix<T> matrix)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(matrix.AsSpan()));
        return hash.ToHashCode();
    }

    private static string NameOf(object? owner, int matrix, int count) =>
        owner is not Gate<T> gate ? $"matrix {matrix} that it kept"
        : matrix == count - 1 ? "its output"
        : gate.InputName(matrix) is var name && name == "input" ? "its input"
        : $"its input {name}";

    private static InvalidOperationException Changed(object? owner, string what) => new(
        $"{owner}: {what} was changed between Forward and Backward, so the gradients would be those of another function. " +
        "Change a copy, or change it after Backward.");
}
