using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>The factor β of what a result holds before something is added to it.</summary>
internal static class Beta
{
    /// <summary><c>y ← β·y</c>; with β = 0, y is written and not read, with β = 1, nothing is done.</summary>
    public static void Apply<T>(Span<T> y, T beta) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (beta == T.Zero)
        {
            y.Clear();
        }
        else if (beta != T.One)
        {
            TensorPrimitives.Multiply(y, beta, y);
        }
    }
}
