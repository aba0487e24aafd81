using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/convolution.md.</summary>
internal sealed class ConvolutionPage
{
    [Test]
    public void Convolution_OfFourNumbers_IsThePages()
    {
        #region convolution
        Matrix<double> x = Matrices.FromRows<double>([1, 2, 3, 4]), w = Matrices.FromRows<double>([1], [0], [-1]);
        var shape = new ConvolutionShape(SampleShape.Sequence(channels: 1, length: 4), outputs: 1, new Window(kernel: 3, padding: 1));
        var layer = new Convolution<double>(shape, w);
        var cache = new Cache<double>();
        Matrix<double> y = layer.Forward(x, cache);                                              // [−2 −2 −2 3]
        Matrix<double> dx = layer.Backward(Matrices.FromRows<double>([1, 0, 0, 2]), cache);      // [0 −1 2 0]
        Matrix<double> dw = layer.Weight.Gradient;                                               // [6 9 2]ᵀ
        #endregion

        y.ToRowMajorArray().ShouldBe([-2, -2, -2, 3]);
        dx.ToRowMajorArray().ShouldBe([0, -1, 2, 0]);
        dw.ToRowMajorArray().ShouldBe([6, 9, 2]);
    }

    [Test]
    public void TransposedConvolution_AndTheGradientOfItsConvolution_AreTheSame()
    {
        #region transposed
        Matrix<double> small = Matrix<double>.Build.Random(2, 3 * 5, seed: 1);
        var transposed = new TransposedConvolution<double>(SampleShape.Sequence(3, 5), outputs: 2, kernel: 4, new Random(1), stride: 2, bias: false);
        var back = new Convolution<double>(transposed.Shape, transposed.Weight.Value);
        var (there, again) = (new Cache<double>(), new Cache<double>());
        Matrix<double> large = transposed.Forward(small, there);                                 // [2×(2·12)]
        back.Forward(large, again);
        Matrix<double> same = back.Backward(small, again);                                       // what the transposed one gave
        #endregion

        large.Shape().ShouldBe("[2×24]");
        same.ShouldBe(large);
    }

    [Test]
    public void Network_Checked_Passes()
    {
        #region checked
        var net = Sequential<double>.From(
            SampleShape.Image(2, 7, 6),
            input => new Convolution<double>(input, outputs: 4, kernel: 3, new Random(1), stride: 2, padding: 1, groups: 2),
            _ => new Tanh<double>(),
            input => new MaxPool<double>(input, kernel: 2));
        GradientCheck.Gate(net, Matrix<double>.Build.Random(3, 2 * 7 * 6, seed: 1)).ThrowIfFailed();
        #endregion

        net.OutputShape(net.InputShape).ShouldBe(SampleShape.Image(4, 2, 1));
    }
}
