using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Gates;

namespace NeuralNet.Layers.Activations;

/// <summary>
/// The greatest of several linear pieces: <c>Y_ij = max_p X_i,(p·M + j)</c>. Behind a <see cref="Linear{T}"/> with <c>pieces·M</c> outputs
/// it is <c>max(x·W₁ + b₁, x·W₂ + b₂, …)</c>.
/// </summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(pieces·M)]</c>, the M columns of the first piece first; Y <c>[N×M]</c>.</para>
/// <para><b>Gradients.</b> The piece that is the greatest gets the upstream gradient; where k are equal, each gets a k-th.</para>
/// <para><b>Cached.</b> X and Y. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> CS231n lecture 4; Goodfellow et al. (2013). <b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Maxout<T> : Layer<T>, IFormula where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Output = 0;
    private const int Downstream = 1;
    private const int Counts = 2;

    /// <summary>A maxout over a number of pieces.</summary>
    /// <param name="pieces">How many linear pieces compete for each output, 1 or more; 2 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no piece.</exception>
    public Maxout(int pieces = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        Pieces = pieces;
    }

    /// <summary>How many linear pieces compete for each output.</summary>
    public int Pieces { get; }

    /// <inheritdoc/>
    public override int? OutputSize(int? inputSize) => inputSize / Pieces;

    /// <summary><c>Maxout(2)</c>.</summary>
    public override string ToString() => $"Maxout({Pieces})";

    /// <inheritdoc/>
    public string Formula(string x) => $@"\max_p \left[{x}\right]_p";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $@"G\,\mathbf{{1}}\left[\left[{x}\right]_p = {y}\right]";

    /// <inheritdoc/>
    public bool IsElementwise => false;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        if (input.ColumnCount % Pieces != 0)
        {
            throw new ArgumentException(
                $"{this} expects input [N×D] with D a multiple of {Pieces}, got {input.Shape()}. Give the layer before it {Pieces} outputs for each unit.",
                nameof(input));
        }

        Matrix<T> output = cache.Buffer(Output, input.RowCount, input.ColumnCount / Pieces);
        Span<T> greatest = output.AsSpan();
        Piece(input, 0).CopyTo(greatest);
        for (int piece = 1; piece < Pieces; piece++)
        {
            TensorPrimitives.Max(greatest, Piece(input, piece), greatest);
        }

        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(Downstream, input.RowCount, input.ColumnCount);
        Span<T> counts = cache.Buffer(Counts, output.RowCount, output.ColumnCount).AsSpan();
        counts.Clear();
        for (int piece = 0; piece < Pieces; piece++)
        {
            Choice.Count(Piece(input, piece), output.AsSpan(), counts);
        }

        for (int piece = 0; piece < Pieces; piece++)
        {
            Choice.Share(upstream.AsSpan(), Piece(input, piece), output.AsSpan(), counts, Piece(downstream, piece));
        }

        return downstream;
    }

    /// <summary>There are no parameters, so there is nothing to do.</summary>
    protected override void AccumulateGradientsCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, Cache<T> cache)
    {
    }

    private Span<T> Piece(Matrix<T> matrix, int piece)
    {
        Span<T> all = matrix.AsSpan();
        int length = all.Length / Pieces;
        return all.Slice(piece * length, length);
    }
}
