using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>The formulas of an affine layer in public operations only, as somebody else's layer would have them.</summary>
[TestFixture(typeof(float), 1e-4)]
[TestFixture(typeof(double), 1e-12)]
internal sealed class OwnLayerTests<T>(double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
{
    [TestCase(1, 3, 2)]
    [TestCase(5, 4, 3)]
    [TestCase(64, 30, 20)]
    public void Forward_ProductWithBias_AgreesWithLoops(int samples, int inputs, int outputs)
    {
        Matrix<T> x = Some.Matrix<T>(samples, inputs), w = Some.Matrix<T>(inputs, outputs, 2), b = Some.Matrix<T>(1, outputs, 3);
        Matrix<T> y = Matrix<T>.Build.Dense(samples, outputs, T.NaN), zeros = Matrix<T>.Build.Dense(samples, outputs);
        MatrixProduct.Multiply(Transpose.No, x, Transpose.No, w, y, bias: b);
        y.ShouldBeNear(Loops.Product(1, x, false, w, false, 0, zeros, b), tolerance);
    }

    [TestCase(1, 3, 2, 0)]
    [TestCase(5, 4, 3, 1)]
    [TestCase(64, 30, 20, 0)]
    [TestCase(64, 30, 20, 1)]
    public void Backward_ProductsAndRowSum_AgreeWithLoops(int samples, int inputs, int outputs, int keep)
    {
        Matrix<T> x = Some.Matrix<T>(samples, inputs), w = Some.Matrix<T>(inputs, outputs, 2), dy = Some.Matrix<T>(samples, outputs, 3);
        Matrix<T> dx = Matrix<T>.Build.Dense(samples, inputs), dw = Some.Matrix<T>(inputs, outputs, 4), db = Some.Matrix<T>(1, outputs, 5);
        Matrix<T> ones = Matrix<T>.Build.Dense(samples, 1, T.One);
        Matrix<double> expectedDx = Loops.Product(1, dy, false, w, true, 0, dx), expectedDw = Loops.Product(1, x, true, dy, false, keep, dw);
        Matrix<double> expectedDb = Loops.Product(1, ones, true, dy, false, keep, db);

        MatrixProduct.Multiply(Transpose.No, dy, Transpose.Yes, w, dx);
        MatrixProduct.Multiply(Transpose.Yes, x, Transpose.No, dy, dw, beta: T.CreateChecked(keep));
        RowOperations.Sum(dy, db, beta: T.CreateChecked(keep));

        dx.ShouldBeNear(expectedDx, tolerance);
        dw.ShouldBeNear(expectedDw, tolerance);
        db.ShouldBeNear(expectedDb, tolerance);
    }

    [Test]
    public void ForwardAndBackward_SteadyState_AllocateNothing()
    {
        Matrix<T> x = Some.Matrix<T>(64, 100), w = Some.Matrix<T>(100, 50), b = Some.Matrix<T>(1, 50), y = Some.Matrix<T>(64, 50);
        Matrix<T> dx = Some.Matrix<T>(64, 100), dw = Some.Matrix<T>(100, 50), db = Some.Matrix<T>(1, 50);
        Allocation.OfProcess(() =>
        {
            MatrixProduct.Multiply(Transpose.No, x, Transpose.No, w, y, bias: b);
            MatrixProduct.Multiply(Transpose.No, y, Transpose.Yes, w, dx);
            MatrixProduct.Multiply(Transpose.Yes, x, Transpose.No, y, dw, beta: T.One);
            RowOperations.Sum(y, db, beta: T.One);
        }).ShouldBe(0);
    }
}
