using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Gates;

/// <summary>
/// The greatest of several linear pieces: <c>Y_ij = max_p X_i,(p·M + j)</c>. Behind a linear layer with <c>pieces·M</c> outputs
/// it is <c>max(x·W₁ + b₁, x·W₂ + b₂, …)</c>.
/// </summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(pieces·M)]</c>, the M columns of the first piece first; Y <c>[N×M]</c>.</para>
/// <para><b>Gradients.</b> The piece that is the greatest gets the upstream gradient; where k are equal, each gets a k-th.</para>
/// <para><b>Cached.</b> X and Y. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> CS231n lecture 4; Goodfellow et al. (2013). <b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Maxout<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
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
    public override SampleShape? OutputShape(SampleShape? input)
    {
        if (input is SampleShape { Rank: 0 } vector && vector.Size % Pieces == 0)
        {
            return vector.Size / Pieces;
        }

        return input is null ? null : throw new ArgumentException($"{this} expects a vector whose size is a multiple of {Pieces}, got {input}.", nameof(input));
    }

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Router;

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("pieces", Pieces));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\max_p \left[{x}\right]_p";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"G\,\mathbf{{1}}\left[\left[{x}\right]_p = {y}\right]";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        if (input.ColumnCount % Pieces != 0)
        {
            throw new ArgumentException(
                $"{this} expects input [N×D] with D a multiple of {Pieces}, got {input.Shape()}. Give the layer before it {Pieces} outputs for each unit.",
                nameof(input));
        }

        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount / Pieces);
        new Pieces<T>(input.AsSpan(), Pieces).Maximum(output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        Matrix<T> counts = cache.Buffer(2, output.RowCount, output.ColumnCount);
        new Pieces<T>(input.AsSpan(), Pieces).Route(
            upstream.AsSpan(), output.AsSpan(), counts.AsSpan(), new Pieces<T>(downstream.AsSpan(), Pieces));
        return downstream;
    }
}
