using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Differentiation;

/// <summary>A variable of a function: a matrix that the function reads, with the name that reports print.</summary>
/// <remarks>
/// <para>A variable used at several places of a function (a fork) may be given as several matrices of equal content, one for each
/// use. They move together, and a gradient check can then tell which branch a wrong gradient has lost.</para>
/// <para><b>Threads.</b> The matrices are changed while a function is examined, and restored: one thread at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class NamedMatrix<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T>[] _uses;

    /// <summary>A variable.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="uses">The dense matrix that the function reads; or several of the same shape and content, one for each place
    /// where the function uses the variable.</param>
    /// <exception cref="ArgumentException">No matrix is given, one is empty or not dense, or two differ in shape or content.</exception>
    public NamedMatrix(string name, params Matrix<T>[] uses)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(uses);
        if (uses.Length == 0)
        {
            throw new ArgumentException($"The variable {name} needs a matrix.", nameof(uses));
        }

        foreach (Matrix<T> use in uses)
        {
            if (use.AsSpan().IsEmpty)
            {
                throw new ArgumentException($"The variable {name} needs at least one element, got {use.Shape()}.", nameof(uses));
            }

            if (!use.HasShapeOf(uses[0]) || !use.AsSpan().SequenceEqual(uses[0].AsSpan()))
            {
                throw new ArgumentException($"All uses of the variable {name} must hold the same values.", nameof(uses));
            }
        }

        Name = name;
        _uses = uses;
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>The matrix; of several uses the first.</summary>
    public Matrix<T> Value => _uses[0];

    /// <summary>One matrix for each place where the function uses the variable; mostly one.</summary>
    public IReadOnlyList<Matrix<T>> Uses => _uses;

    /// <summary>How many numbers the variable has.</summary>
    public int Count => Value.RowCount * Value.ColumnCount;

    /// <summary>A variable from a name and a matrix, so that a list of them can be written <c>[("W", w), ("x", x)]</c>.</summary>
    /// <param name="pair">Name and matrix.</param>
    public static implicit operator NamedMatrix<T>((string Name, Matrix<T> Value) pair) => new(pair.Name, pair.Value);

    /// <summary>Name and shape: <c>W [2×3]</c>.</summary>
    public override string ToString() => $"{Name} {Value.Shape()}";

    /// <summary>The number of one entry, counted column after column.</summary>
    internal T this[int entry]
    {
        get => Value.AsSpan()[entry];
        set
        {
            foreach (Matrix<T> use in _uses)
            {
                use.AsSpan()[entry] = value;
            }
        }
    }
}
