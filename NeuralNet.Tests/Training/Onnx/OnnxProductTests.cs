using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxModels;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Products of matrices in their forms: a layer where the weights are its own, otherwise gates with the weights as a parameter.</summary>
internal sealed class OnnxProductTests
{
    private static readonly Matrix<float> X = Matrices.FromRows<float>([1, 2, 3, 4], [0, 1, 0, -1]);
    private static readonly Matrix<float> W = Matrices.FromRows<float>([1, 2], [3, 4], [5, 6], [7, 8]);
    private static readonly OnnxTensor Weight = Floats("w", [4, 2], 1, 2, 3, 4, 5, 6, 7, 8);
    private static readonly OnnxTensor Turned = Floats("w", [2, 4], 1, 3, 5, 7, 2, 4, 6, 8);
    private static readonly OnnxTensor Bias = Floats("b", [2], 100, 200);

    private static IEnumerable<TestCaseData> Layers()
    {
        yield return Case("Gemm", false, Of(Node("Gemm", "x,w")).Holding(Weight));
        yield return Case("Gemm with a bias", true, Of(Node("Gemm", "x,w,b")).Holding(Weight, Bias));
        yield return Case("Gemm with a bias that is a row", true, Of(Node("Gemm", "x,w,b")).Holding(Weight, Bias with { Dimensions = [1, 2] }));
        yield return Case("Gemm of transposed weights", true, Of(Node("Gemm", "x,w,b", "y", OnnxAttribute.Of("transB", 1), OnnxAttribute.Of("transA", 0))).Holding(Turned, Bias));
        yield return Case("Gemm with a factor of no bias", false, Of(Node("Gemm", "x,w", "y", OnnxAttribute.Of("beta", 0.5f))).Holding(Weight));
        yield return Case("Gemm with factors that are one", true, Of(Node("Gemm", "x,w,b", "y", OnnxAttribute.Of("alpha", 1f), OnnxAttribute.Of("beta", 1f))).Holding(Weight, Bias));
        yield return Case("MatMul", false, Of(Node("MatMul", "x,w")).Holding(Weight));
        yield return Case("MatMul and Add", true, Of(Node("MatMul", "x,w", "z"), Node("Add", "z,b")).Holding(Weight, Bias));
        yield return Case("MatMul and Add, the bias first", true, Of(Node("MatMul", "x,w", "z"), Node("Add", "b,z")).Holding(Weight, Bias));
    }

    [TestCaseSource(nameof(Layers))]
    public void Load_AProductWithWeightsOfItsOwn_IsALinear(OnnxModel model, bool hasBias)
    {
        Linear<float> linear = model.Network().ShouldBeOfType<Linear<float>>();
        linear.Weight.Value.ShouldBe(W);
        linear.Bias?.Value.ShouldBe(Matrices.FromRows<float>([100, 200]));
        (linear.Bias is not null).ShouldBe(hasBias);
    }

    [Test]
    public void Load_WeightsThatStandTwice_AreOneParameter()
    {
        OnnxModel model = Of(Node("Gemm", "x,w", "z"), Node("Gemm", "z,w", "y", OnnxAttribute.Of("transB", 1))).Holding(Weight);
        GraphLayer<float> network = model.Network().ShouldBeOfType<GraphLayer<float>>();
        network.Forward(X).ShouldBe(X * W * W.Transpose());
        network.Parameters.Single().Name.ShouldBe("w");
    }

    [Test]
    public void Load_WeightsThatStandTwiceWithABias_AreOneParameter()
    {
        OnnxModel model = Of(Node("Gemm", "x,w,b", "z"), Node("Gemm", "z,w", "y", OnnxAttribute.Of("transB", 1))).Holding(Weight, Bias);
        Layer<float> network = model.Network();
        network.Forward(X).ShouldBe(((X * W) + Matrices.FromRows<float>([100, 200], [100, 200])) * W.Transpose());
        network.Parameters.Select(named => named.Name).ShouldBe(["w", "b"], ignoreOrder: true);
    }

    [Test]
    public void Load_AProductOfComputedValues_IsTheirProduct()
    {
        Of(Node("Gemm", "x,x", "y", OnnxAttribute.Of("transA", 1))).Network().Forward(X).ShouldBe(X.Transpose() * X);
        Of(Node("Gemm", "x,x", "y", OnnxAttribute.Of("transB", 1))).Network().Forward(X).ShouldBe(X * X.Transpose());
        Of(Node("Neg", "x", "n"), Node("Gemm", "x,w,n")).Holding(Floats("w", [4, 4], [.. Enumerable.Range(0, 16).Select(i => i % 5 == 0 ? 2f : 0)])).Network().Forward(X).ShouldBe(X);
    }

    private static TestCaseData Case(string name, bool hasBias, OnnxModel model) => new TestCaseData(model, hasBias).SetArgDisplayNames(name);
}
