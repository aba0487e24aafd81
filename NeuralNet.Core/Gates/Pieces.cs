using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>Runs of numbers of one length of which the greatest is taken, entry by entry, and the way back through that: several matrices, or one
/// matrix in several pieces.</summary>
internal readonly ref struct Pieces<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<Matrix<T>?> _matrices;
    private readonly Span<T> _all;

    /// <summary>Each matrix a piece.</summary>
    public Pieces(ReadOnlySpan<Matrix<T>?> matrices)
    {
        _matrices = matrices;
        Count = matrices.Length;
    }

    /// <summary>One run of memory in equal pieces.</summary>
    public Pieces(Span<T> all, int count)
    {
        _all = all;
        Count = count;
    }

    /// <summary>How many pieces there are.</summary>
    public int Count { get; }

    /// <summary>One piece; empty where there is no matrix.</summary>
    public Span<T> this[int piece]
    {
        get
        {
            if (!_matrices.IsEmpty)
            {
                return _matrices[piece] is Matrix<T> matrix ? matrix.AsSpan() : [];
            }

            int length = _all.Length / Count;
            return _all.Slice(piece * length, length);
        }
    }

    /// <summary><c>greatestᵢ = max_p pieceₚᵢ</c>.</summary>
    public void Maximum(Span<T> greatest)
    {
        this[0].CopyTo(greatest);
        for (int piece = 1; piece < Count; piece++)
        {
            TensorPrimitives.Max(greatest, this[piece], greatest);
        }
    }

    /// <summary>Gives each piece the upstream gradient where it was the greatest: a k-th of it where k were.</summary>
    /// <param name="upstream">Gradient by the greatest.</param>
    /// <param name="greatest">What <see cref="Maximum"/> gave.</param>
    /// <param name="counts">Memory of that length, to be overwritten.</param>
    /// <param name="downstream">Receives the gradient by each piece; an empty one is left out.</param>
    public void Route(ReadOnlySpan<T> upstream, ReadOnlySpan<T> greatest, Span<T> counts, Pieces<T> downstream)
    {
        counts.Clear();
        for (int piece = 0; piece < Count; piece++)
        {
            Span<T> own = this[piece];
            for (int i = 0; i < own.Length; i++)
            {
                counts[i] += own[i] == greatest[i] ? T.One : T.Zero;
            }
        }

        for (int piece = 0; piece < Count; piece++)
        {
            Span<T> own = this[piece], share = downstream[piece];
            for (int i = 0; i < share.Length; i++)
            {
                share[i] = own[i] == greatest[i] ? upstream[i] / counts[i] : T.Zero;
            }
        }
    }
}
