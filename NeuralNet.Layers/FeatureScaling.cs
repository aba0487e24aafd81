using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Shifts and scales each feature by numbers that are not trained: <c>y_j = (x_j − shift_j) / scale_j</c>. It stands first in a network, so that
/// whoever has the network gives it features as they are measured.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×D]</c>, shift and scale <c>[1×D]</c>, Y <c>[N×D]</c>.</para>
/// <para><b>Gradients.</b> <c>dX_j = dY_j / scale_j</c>. <b>Cached.</b> X and Y. <b>Parameters.</b> None. <b>States.</b> <c>shift</c>, <c>scale</c>: they are saved
/// with the network.</para>
/// <para>NeuralNet.Training's <c>Scaling</c> makes one of the training samples. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class FeatureScaling<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer with a shift of 0 and a scale of 1, to restore states into.</summary>
    /// <param name="features">D, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="features"/> is below 1.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public FeatureScaling(int features)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        Shift = Matrices.Zeros<T>(1, features);
        Scale = Matrices.Zeros<T>(1, features);
        Scale.AsSpan().Fill(T.One);
    }

    /// <summary>A layer with given numbers.</summary>
    /// <param name="shift">What is subtracted <c>[1×D]</c>, dense and finite; used, not copied.</param>
    /// <param name="scale">What is divided by <c>[1×D]</c>, dense, finite and not 0; used, not copied.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or a number is not of its range.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public FeatureScaling(Matrix<T> shift, Matrix<T> scale)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(shift);
        ArgumentNullException.ThrowIfNull(scale);
        if (shift.RowCount != 1 || shift.ColumnCount == 0 || !shift.HasShapeOf(scale))
        {
            throw new ArgumentException($"The scaling of D features has shift and scale [1×D], got {shift.Shape()} and {scale.Shape()}.", nameof(scale));
        }

        for (int j = 0; j < shift.ColumnCount; j++)
        {
            (T by, T over) = (shift.AsSpan()[j], scale.AsSpan()[j]);
            if (!T.IsFinite(by) || !T.IsFinite(over) || over == T.Zero)
            {
                throw new ArgumentException($"Shift and scale of feature {j} are {by} and {over}; they must be finite numbers, the scale not 0.", nameof(scale));
            }
        }

        (Shift, Scale) = (shift, scale);
    }

    /// <summary>What is subtracted from each feature, <c>[1×D]</c>.</summary>
    public Matrix<T> Shift { get; }

    /// <summary>What each feature is divided by then, <c>[1×D]</c>.</summary>
    public Matrix<T> Scale { get; }

    /// <inheritdoc/>
    public override SampleShape? InputShape => Shift.ColumnCount;

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("features", Shift.ColumnCount));

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedState<T>> OwnStates => [new("shift", Shift), new("scale", Scale)];

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\frac{{{x} - m}}{{s}}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => @"\frac{G}{s}";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        for (int j = 0; j < input.ColumnCount; j++)
        {
            Span<T> y = Column(output, j);
            TensorPrimitives.Subtract(Column(input, j), Shift.AsSpan()[j], y);
            TensorPrimitives.Divide(y, Scale.AsSpan()[j], y);
        }

        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        for (int j = 0; j < input.ColumnCount; j++)
        {
            TensorPrimitives.Divide(Column(upstream, j), Scale.AsSpan()[j], Column(downstream, j));
        }

        return downstream;
    }

    private static Span<T> Column(Matrix<T> matrix, int column) => matrix.AsSpan().Slice(column * matrix.RowCount, matrix.RowCount);
}
