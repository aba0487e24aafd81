using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Reductions;
using NeuralNet.Core.Operations;

namespace NeuralNet.Core;

/// <content>What optimisers and clipping do with a gradient.</content>
public sealed partial class Parameter<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>target ← target + factor·gradient</c>, as a step of plain descent: the cost of a gradient by rows is that of its rows, and a
    /// gradient of zero costs nothing.</summary>
    /// <param name="target">A dense matrix of the shape of <see cref="Value"/>, most often that itself.</param>
    /// <param name="factor">The factor.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the matrix is not dense.</exception>
    public void ApplyGradient(Matrix<T> target, T factor)
    {
        ThrowIfShapeDiffers(target);
        if (_form == GradientForm.Dense)
        {
            ElementwiseOperations.AddScaled(_gradient!.AsSpan(), factor, target.AsSpan());
        }
        else if (_form == GradientForm.Rows)
        {
            _rows!.AddTo(target.AsSpan(), factor);
        }
    }

    /// <summary>Multiplies the gradient by a number, as clipping does. A gradient of zero stays flagged so, and rows stay rows.</summary>
    /// <param name="factor">A finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite.</exception>
    public void ScaleGradient(T factor)
    {
        if (!T.IsFinite(factor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, $"A gradient is scaled by a finite number, got {factor}.");
        }

        if (_form == GradientForm.Rows)
        {
            _rows!.Scale(factor);
        }
        else if (_form == GradientForm.Dense)
        {
            ElementwiseOperations.Scale(_gradient!.AsSpan(), factor, _gradient!.AsSpan());
        }
    }

    /// <summary>Brings every number of the gradient within ±limit; NaN stays NaN. A gradient of zero stays flagged so, and rows stay rows.</summary>
    /// <param name="limit">A finite number, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or not finite.</exception>
    public void ClampGradient(T limit)
    {
        if (!(T.IsFinite(limit) && limit >= T.Zero))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The limit of a gradient is a finite number, 0 or more, got {limit}.");
        }

        if (_form == GradientForm.Rows)
        {
            _rows!.Clamp(limit);
        }
        else if (_form == GradientForm.Dense)
        {
            ElementwisePass<T, ClampTo<T>>.Run(new(limit), _gradient!.AsSpan(), _gradient!.AsSpan());
        }
    }

    /// <summary><c>‖G‖ = √Σ G²</c> of the gradient, right also where squares are too large or too small for T. The cost of a gradient by rows is that of its rows.</summary>
    /// <remarks>The same bits at any number of threads. The last digits of a gradient by rows differ from those of the same gradient as a whole matrix.</remarks>
    /// <returns>The norm: 0 for a gradient of zero, NaN or ∞ where a number of it is.</returns>
    public double GradientNorm() => _form switch
    {
        GradientForm.Rows => _rows!.Norm(),
        GradientForm.Dense => EuclideanNorm<T>.Of(_gradient!.AsSpan()),
        _ => 0,
    };

    /// <summary>One pass of an update rule: the gradient is its input, one to three matrices of the shape of <see cref="Value"/> are changed.</summary>
    /// <param name="operation">The rule.</param>
    /// <param name="rowsOnly">Whether only the rows move that a gradient by rows has; otherwise it counts as the whole matrix that it stands for.</param>
    /// <param name="first">The first matrix.</param>
    /// <param name="second">The second, empty where the rule changes one only.</param>
    /// <param name="third">The third, empty where the rule changes fewer.</param>
    internal void Update<TOperation>(TOperation operation, bool rowsOnly, Span<T> first, Span<T> second = default, Span<T> third = default)
        where TOperation : struct, IElementwiseOperation<T>
    {
        if (rowsOnly && _form == GradientForm.Rows)
        {
            _rows!.Update(operation, first, second, third);
            return;
        }

        ReadOnlySpan<T> gradient = GradientToRead;
        switch (TOperation.Outputs)
        {
            case 1:
                ElementwisePass<T, TOperation>.Run(operation, gradient, first);
                break;
            case 2:
                ElementwisePass<T, TOperation>.Run(operation, gradient, first, second);
                break;
            default:
                ElementwisePass<T, TOperation>.Run(operation, gradient, first, second, third);
                break;
        }
    }
}
