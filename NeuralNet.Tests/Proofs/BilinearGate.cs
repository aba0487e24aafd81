using NeuralNet.Core;
using NeuralNet.Core.Gates;

namespace NeuralNet.Tests.Proofs;

/// <summary>
/// Two inputs and parameters: <c>z = (x·W) ∗ (y·V)</c>, x <c>[N×D]</c>, y <c>[N×E]</c>, W <c>[D×M]</c>, V <c>[E×M]</c> (a bilinear form of low rank).
/// <c>A = G∗(y·V)</c>, <c>B = G∗(x·W)</c>, <c>dW = xᵀ·A</c>, <c>dV = yᵀ·B</c>, <c>dx = A·Wᵀ</c>, <c>dy = B·Vᵀ</c>. A and B serve two gradients each.
/// </summary>
internal sealed class BilinearGate(Matrix<double> w, Matrix<double> v) : BinaryGate<double>
{
    public Parameter<double> W { get; } = new(w);

    public Parameter<double> V { get; } = new(v);

    /// <summary>How often A and B were computed.</summary>
    public int SharedWork { get; private set; }

    protected override IReadOnlyList<NamedParameter<double>> OwnParameters => [new("w", W), new("v", V)];

    protected override Matrix<double> ForwardCore(Matrix<double> x, Matrix<double> y, Cache<double> cache)
    {
        Matrix<double> z = cache.Buffer(0, x.RowCount, W.Value.ColumnCount);
        Matrix<double> xw = cache.Buffer(3, x.RowCount, W.Value.ColumnCount), yv = cache.Buffer(4, y.RowCount, V.Value.ColumnCount);
        x.Multiply(W.Value, xw);
        y.Multiply(V.Value, yv);
        xw.PointwiseMultiply(yv, z);
        return z;
    }

    protected override (Matrix<double>? Dx, Matrix<double>? Dy) BackwardCore(
        Matrix<double> upstream, Matrix<double> x, Matrix<double> y, Matrix<double> z, Wanted wanted, Cache<double> cache)
    {
        SharedWork++;
        Matrix<double> a = upstream.PointwiseMultiply(cache.Buffer(4, y.RowCount, V.Value.ColumnCount));
        Matrix<double> b = upstream.PointwiseMultiply(cache.Buffer(3, x.RowCount, W.Value.ColumnCount));
        W.AddToGradient(x.TransposeThisAndMultiply(a));
        V.AddToGradient(y.TransposeThisAndMultiply(b));
        return (wanted[0] ? a.TransposeAndMultiply(W.Value) : null, wanted[1] ? b.TransposeAndMultiply(V.Value) : null);
    }
}
