using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxModels;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What becomes of layers' settings, where a model leaves them out or says them in its own way.</summary>
internal sealed class OnnxLayerTests
{
    private static readonly Matrix<float> X = Matrices.FromRows<float>([1, 2, 3, 4]);

    // Without weights there is a constant of ones, since the operator wants one; an initializer is trained, whatever it starts from.
    [Test]
    public void Load_ALayerNorm_HasWeightsWhereSomethingTellsThem()
    {
        Matrix<float> plain = new LayerNorm<float>(4, affine: false).Forward(X);
        Layer<float> named = Of(Node("LayerNormalization", "x,w", "y", OnnxAttribute.Of("stash_type", 1))).Holding(Floats("w", [4], 1, 1, 1, 1)).Network();
        named.Parameters.Count.ShouldBe(2);
        named.Forward(X).ShouldBe(plain);
        Layer<float> ones = OfConstant(1);
        ones.Parameters.ShouldBeEmpty();
        ones.Forward(X).ShouldBe(plain);
        Layer<float> scaled = OfConstant(2);
        scaled.Parameters.Count.ShouldBe(2);
        scaled.Forward(X).ShouldBe(Matrices.FromRows<float>([plain[0, 0], plain[0, 1], plain[0, 2], 2 * plain[0, 3]]));

        static Layer<float> OfConstant(float last) =>
            Of(Node("Constant", "", "c", OnnxAttribute.Of("value", Floats("", [4], 1, 1, 1, last))), Node("LayerNormalization", "x,c")).Network();
    }

    // What trained slopes started from is what they all are, as long as they are one.
    [TestCase(0.1f, 0.1f, "PReLU(2, 0.1)")]
    [TestCase(0.1f, 0.2f, "PReLU(2, 0.25)")]
    public void Load_Slopes_StartFromWhatTheyAllAre(float first, float second, string expected)
    {
        var read = (PReLU<float>)Of(Node("PRelu", "x,w")).Taking(2, 3).Holding(Floats("w", [2, 1], first, second)).Network();
        read.ToString().ShouldBe(expected);
        read.Weight.Value.ShouldBe(Matrices.FromRows<float>([first, second]));
    }

    // With a seed of the model's, which says nothing here, or in evaluation, told by a mode.
    [TestCase(false)]
    [TestCase(true)]
    public void Load_ADropout_DropsHalfUnlessTold(bool hasMode)
    {
        OnnxModel model = hasMode
            ? Of(Node("Dropout", "x") with { Inputs = ["x", "", "mode"] }).Holding(new OnnxTensor("mode", OnnxType.Bool, [], new byte[1]))
            : Of(Node("Dropout", "x", "y", OnnxAttribute.Of("seed", 7)));
        model.Network().ShouldBeOfType<Dropout<float>>().Probability.ShouldBe(0.5);
    }

    [Test]
    public void Load_Dropouts_HaveForksInTheirOrder()
    {
        byte[] bytes = OnnxBytes.Of(Of(Node("Dropout", "x", "z"), Node("Dropout", "z")));
        var read = (Sequential<float>)OnnxFile.Load<float>(bytes, "m", new Philox(3L));
        Matrix<float> x = Matrix<float>.Build.Dense(4, 8, 1f);
        for (int layer = 0; layer < 2; layer++)
        {
            read.Layers[layer].Forward(x, new Cache<float>()).ShouldBe(new Dropout<float>(0.5, new Philox(3L).Fork((ulong)layer)).Forward(x, new Cache<float>()));
        }
    }

    // A text of ours tells a double that is this float; another's text tells nothing.
    [TestCase("alpha=0.30000000001", 0.30000000001)]
    [TestCase("epsilon=2;alpha=0.30000000001", 0.30000000001)]
    [TestCase("alpha 0.30000000001", 0.3)]
    [TestCase("alpha=0.4", 0.3)]
    [TestCase("alpha=some", 0.3)]
    [TestCase("", 0.3)]
    public void Load_ATextAboutASetting_TellsItsDouble(string documentation, double alpha) =>
        Of(Node("Elu", "x", "y", OnnxAttribute.Of("alpha", 0.3f)) with { Documentation = documentation }).Network().ShouldBeOfType<ELU<float>>().Alpha.ShouldBe(alpha);
}
