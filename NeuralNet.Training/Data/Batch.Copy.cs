using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Data;

/// <content>Copies, for who needs a batch longer than until the next one.</content>
public sealed partial class Batch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A copy of another batch.
    private Batch(Batch<T> other)
    {
        (Count, Inputs, Share, WholeCount) = (other.Count, other.Inputs.Clone(), other.Share, other.WholeCount);
        _ownLabels = other.Labels.ToArray();
        Labels = _ownLabels;
        _targets = other._targets?.Clone();
        Weights = other.Weights?.Clone();
    }

    /// <summary>A batch with matrices and labels of its own, which lasts.</summary>
    public Batch<T> Clone() => new(this);

    /// <summary>A copy of a batch in the memory of <paramref name="old"/>, where both have the same shapes, or in new memory.</summary>
    internal static Batch<T> Copy(Batch<T> source, Batch<T>? old)
    {
        if (old is null || !old.Inputs.HasShapeOf(source.Inputs) || old._ownLabels.Length != source.Labels.Length
            || !HaveSameShape(old._targets, source._targets) || !HaveSameShape(old.Weights, source.Weights))
        {
            return source.Clone();
        }

        source.Inputs.AsSpan().CopyTo(old.Inputs.AsSpan());
        source.Labels.CopyTo(old._ownLabels);
        source._targets?.AsSpan().CopyTo(old._targets!.AsSpan());
        source.Weights?.AsSpan().CopyTo(old.Weights!.AsSpan());
        (old.Share, old.WholeCount) = (source.Share, source.WholeCount);
        return old;
    }

    private static bool HaveSameShape(Matrix<T>? one, Matrix<T>? other) =>
        one is null ? other is null : other is not null && one.HasShapeOf(other);
}
