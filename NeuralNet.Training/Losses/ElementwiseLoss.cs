using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Training.Losses;

/// <summary>A loss that each element of the prediction has for itself: a mean goes over samples and columns.</summary>
/// <remarks><b>Shapes.</b> Prediction and target <c>[N×C]</c>; weights <c>[N×1]</c>, or <c>[N×P]</c> where <c>C = channels·P</c>: then those of position p hold
/// for the columns <c>c·P + p</c> (<c>P = C</c> is a weight for each element). A mean with weights is <c>Σ_ij w_ij·l_ij / Σ_ij w_ij</c>.
/// <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ElementwiseLoss<T> : MatrixTargetLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A loss that is a mean or a sum.</summary>
    /// <param name="reduction">Which.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
    protected ElementwiseLoss(Reduction reduction)
        : base(reduction)
    {
    }

    /// <inheritdoc/>
    protected sealed override bool IsMeanOfElements => true;

    /// <inheritdoc/>
    protected sealed override int RowsPerSample(Matrix<T> prediction, Matrix<T>? weights) => weights?.ColumnCount ?? 1;
}
