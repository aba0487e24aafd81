using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core.Gates;

/// <summary>How much each location of a memory is like a key: <c>K_i = u_i·k / (√(‖u_i‖² + ε)·√(‖k‖² + ε))</c>, the cosine of their angle; 0 where one of them is zeros.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Memory <c>[N×(R·W)]</c>, entry j of location i of a sample being column <c>i·W + j</c>, key <c>[N×W]</c>, K <c>[N×R]</c>; R is what the columns make of it.</para>
/// <para><b>Gradients.</b> See <see cref="MemoryOperations.SimilarityBackward"/>. <b>Range.</b> From −1 to 1. ε under both roots keeps the slope finite at zeros: locations much shorter than √ε are
/// similar to nothing.</para>
/// <para><b>Cached.</b> Both inputs. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// <para><b>Source.</b> Graves, Wayne and Danihelka (2014), "Neural Turing Machines", equation 6, with the guard ε.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CosineSimilarityGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _epsilon;

    /// <summary>A gate.</summary>
    /// <param name="epsilon">ε, finite and above 0; 1e-8 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not finite or not above 0, also after rounding to T.</exception>
    public CosineSimilarityGate(double epsilon = 1e-8)
    {
        (_epsilon, Epsilon) = (epsilon, T.CreateTruncating(epsilon));
        if (!(Epsilon > T.Zero) || !T.IsFinite(Epsilon))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"{nameof(epsilon)} must be finite and above 0, got {epsilon}.");
        }
    }

    /// <summary>ε.</summary>
    public T Epsilon { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("epsilon", _epsilon));

    /// <inheritdoc/>
    public override string Name => "cosine similarity";

    /// <inheritdoc/>
    public override string Symbol => "cos";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        if (x.RowCount != y.RowCount || y.ColumnCount == 0 || x.ColumnCount == 0 || x.ColumnCount % y.ColumnCount > 0)
        {
            throw new ArgumentException($"{this} expects memories [N×(R·W)] and keys [N×W], got {x.Shape()} and {y.Shape()}.");
        }

        Matrix<T> z = cache.Buffer(0, x.RowCount, x.ColumnCount / y.ColumnCount);
        MemoryOperations.Similarity(x, y, Epsilon, z);
        return z;
    }

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        MemoryOperations.SimilarityBackward(upstream, x, y, Epsilon, dx, adds: false, dy);
        return (dx, dy);
    }
}
