using System.Numerics.Tensors;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Docs;

/// <summary>The code of docs/providers.md.</summary>
public sealed class ProvidersPage
{
    [Test]
    public void OwnProducts_OnesEverywhere_GiveCounts()
    {
        // With ones everywhere each product counts its terms: 3 inputs and the bias, 2 outputs, 5 samples.
        Matrix<float> x = Matrix<float>.Build.Dense(5, 3, 1), w = Matrix<float>.Build.Dense(3, 2, 1), b = Matrix<float>.Build.Dense(1, 2, 1);
        Matrix<float> y = Matrix<float>.Build.Dense(5, 2), dy = Matrix<float>.Build.Dense(5, 2, 1), dx = Matrix<float>.Build.Dense(5, 3);
        Matrix<float> dw = Matrix<float>.Build.Dense(3, 2, 1), db = Matrix<float>.Build.Dense(1, 2, 1);
        const float beta = 1;
        #region own-products
        // A layer's three products and its sum: Y = X·W + b, dX = dY·Wᵀ, dW = Xᵀ·dY + β·dW, db = Σ_rows dY + β·db.
        MatrixProduct.Multiply(Transpose.No, x, Transpose.No, w, y, bias: b);
        MatrixProduct.Multiply(Transpose.No, dy, Transpose.Yes, w, dx);
        MatrixProduct.Multiply(Transpose.Yes, x, Transpose.No, dy, dw, beta);
        RowOperations.Sum(dy, db, beta);
        #endregion
        y.ShouldBe(Matrix<float>.Build.Dense(5, 2, 4));
        dx.ShouldBe(Matrix<float>.Build.Dense(5, 3, 2));
        dw.ShouldBe(Matrix<float>.Build.Dense(3, 2, 6));
        db.ShouldBe(Matrix<float>.Build.Dense(1, 2, 6));
    }

    [Test]
    public void OwnFormula_InPieces_ReachesEveryElement()
    {
        Matrix<double> x = Some.Matrix<double>(300, 200), y = Matrix<double>.Build.Dense(300, 200);
        #region own-formula
        const int PieceLength = 16 * 1024;
        ComputeThreads.For((x.AsSpan().Length + PieceLength - 1) / PieceLength, (X: x, Y: y), static (piece, on) =>
        {
            int first = piece * PieceLength, count = Math.Min(PieceLength, on.X.AsSpan().Length - first);
            TensorPrimitives.Exp(on.X.AsSpan().Slice(first, count), on.Y.AsSpan().Slice(first, count));
        });
        #endregion
        for (int i = 0; i < x.AsSpan().Length; i++)
        {
            y.AsSpan()[i].ShouldBe(Math.Exp(x.AsSpan()[i]), 1e-14);
        }
    }
}
