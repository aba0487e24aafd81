using NeuralNet.Core;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/recurrent.md.</summary>
internal sealed class RecurrentPage
{
    [Test]
    public void Step_ByHand_IsTheLayers()
    {
        Matrix<double> x = Some.Matrix<double>(2, 2, 3), h0 = Some.Matrix<double>(2, 3, 4), c0 = Some.Matrix<double>(2, 3, 5), dh = Some.Matrix<double>(2, 3, 6);
        Matrix<double> dcBehind = Matrix<double>.Build.Dense(2, 3);

        #region step
        var lstm = new LSTM<double>(inputs: 2, hidden: 3, new Random(1));
        Matrix<double> w = lstm.Parameters[0].Parameter.Value, u = lstm.Parameters[1].Parameter.Value;    // [2×12] and [3×12]; the biases are zeros

        Matrix<double> a = (x * w) + (h0 * u);
        Matrix<double> i = Part(a, 0).Map(Sigmoid), f = Part(a, 1).Map(Sigmoid), g = Part(a, 2).Map(Math.Tanh), o = Part(a, 3).Map(Sigmoid);
        Matrix<double> c = f.PointwiseMultiply(c0) + i.PointwiseMultiply(g), tanh = c.Map(Math.Tanh), h = o.PointwiseMultiply(tanh);

        Matrix<double> dc = dcBehind + dh.PointwiseMultiply(o).PointwiseMultiply(tanh.Map(OfTanh));
        Matrix<double> da = dc.PointwiseMultiply(g).PointwiseMultiply(i.Map(OfSigmoid))
            .Append(dc.PointwiseMultiply(c0).PointwiseMultiply(f.Map(OfSigmoid)))
            .Append(dc.PointwiseMultiply(i).PointwiseMultiply(g.Map(OfTanh)))
            .Append(dh.PointwiseMultiply(tanh).PointwiseMultiply(o.Map(OfSigmoid)));
        Matrix<double> dx = da * w.Transpose(), dh0 = da * u.Transpose(), dc0 = dc.PointwiseMultiply(f);
        Matrix<double> dw = x.Transpose() * da, du = h0.Transpose() * da;

        static Matrix<double> Part(Matrix<double> gates, int gate) => gates.SubMatrix(0, 2, 3 * gate, 3);
        static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
        static double OfSigmoid(double y) => y * (1 - y);
        static double OfTanh(double y) => 1 - (y * y);
        #endregion

        var layer = new RecurrentGate<double>(lstm, lengths: false, initialState: true);
        var cache = new Cache<double>();
        ShouldAgree(layer.Forward([x, h0.Append(c0)], cache), h);
        ReadOnlySpan<Matrix<double>?> downstream = layer.Backward(dh, Wanted.All, cache);
        ShouldAgree(downstream[0]!, dx);
        ShouldAgree(downstream[1]!, dh0.Append(dc0));
        ShouldAgree(lstm.Parameters[0].Parameter.Gradient, dw);
        ShouldAgree(lstm.Parameters[1].Parameter.Gradient, du);
    }

    [Test]
    public void Sequences_OfDifferentLengthsAndInPieces_AreThePages()
    {
        #region use
        var gru = new GRU<double>(inputs: 1, hidden: 4, new Random(1), lastStep: true);
        Matrix<double> padded = Matrices.FromRows<double>([1, 2, 3], [4, 0, 0]), lengths = Matrices.FromRows<double>([3], [1]);
        Matrix<double> ends = new RecurrentGate<double>(gru).Forward([padded, lengths], new Cache<double>());

        var cache = new Cache<double>(training: false);
        RecurrentState.Start(gru, cache);
        gru.Forward(Matrices.FromRows<double>([1]), cache);
        gru.Forward(Matrices.FromRows<double>([2]), cache);
        Matrix<double> third = gru.Forward(Matrices.FromRows<double>([3]), cache);    // the first row of ends
        #endregion

        ShouldAgree(third, ends.SubMatrix(0, 1, 0, 4));
        ShouldAgree(gru.Forward(Matrices.FromRows<double>([4])), ends.SubMatrix(1, 1, 0, 4));
    }

    private static void ShouldAgree(Matrix<double> actual, Matrix<double> expected) => (actual - expected).InfinityNorm().ShouldBeLessThan(1e-14);
}
