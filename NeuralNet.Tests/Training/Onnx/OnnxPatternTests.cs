using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxModels;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>GELU written out as nodes, in the orders in which exporters write it; and what is almost a GELU, which is what it says.</summary>
internal sealed class OnnxPatternTests
{
    private static readonly double Scale = Math.Sqrt(2 / Math.PI);

    // ½·x·(1 + erf(x/√2)): the argument as a quotient or a product.
    [TestCase("Div", "x,root")]
    [TestCase("Mul", "x,inverse")]
    [TestCase("Mul", "inverse,x")]
    public void Load_TheErrorFunctionOfAGelu_IsAGelu(string operation, string inputs) =>
        ErrorFunction(operation, inputs, Math.Sqrt(2), 1, 0.5).Network().ShouldBeOfType<GELU<float>>().IsTanh.ShouldBeFalse();

    [TestCase("Div", "x,root", 1.5, 1, 0.5)]
    [TestCase("Mul", "x,inverse", 1.5, 1, 0.5)]
    [TestCase("Div", "root,x", 1.4142135623730951, 1, 0.5)]
    [TestCase("Div", "x,root", 1.4142135623730951, 2, 0.5)]
    [TestCase("Div", "x,root", 1.4142135623730951, 1, 0.4)]
    public void Load_AnErrorFunctionOfSomethingElse_IsRefused(string operation, string inputs, double root, double one, double half) =>
        Should.Throw<NotSupportedException>(ErrorFunction(operation, inputs, root, one, half).Network).Message.ShouldBe("Node 'it' (Erf) of 'm': the operator Erf is not supported.");

    // The cube as a power, or as a product in either order.
    [TestCase("Pow", "x,three")]
    [TestCase("Mul", "x,square")]
    [TestCase("Mul", "square,x")]
    public void Load_TheTanhOfAGelu_IsAGelu(string operation, string inputs) =>
        Curve(operation, inputs, "Tanh", OnnxGelu.Cubic, Scale, 1, 0.5).Network().ShouldBeOfType<GELU<float>>().IsTanh.ShouldBeTrue();

    [TestCase("Tanh", 0.05, 0.7978845608028654, 1, 0.5)]
    [TestCase("Tanh", 0.044715, 0.8, 1, 0.5)]
    [TestCase("Tanh", 0.044715, 0.7978845608028654, 2, 0.5)]
    [TestCase("Tanh", 0.044715, 0.7978845608028654, 1, 0.4)]
    [TestCase("Sigmoid", 0.044715, 0.7978845608028654, 1, 0.5)]
    public void Load_ACurveLikeAGelu_IsWhatItSays(string curve, double cubic, double scale, double one, double half)
    {
        Layer<float> network = Curve("Pow", "x,three", curve, cubic, scale, one, half).Network();
        foreach (double x in (double[])[-2, -0.5, 0.25, 1, 3])
        {
            double inner = scale * (x + (cubic * Math.Pow(x, 3))), of = curve == "Tanh" ? Math.Tanh(inner) : 1 / (1 + Math.Exp(-inner));
            network.Forward(Matrix<float>.Build.Dense(1, 4, (float)x))[0, 0].ShouldBe((float)(half * x * (one + of)), 1e-6f);
        }
    }

    [TestCase("none", false)]
    [TestCase("tanh", true)]
    [TestCase(null, false)]
    public void Load_AGeluAsOneNode_IsAGelu(string? form, bool isTanh)
    {
        OnnxAttribute[] attributes = form is null ? [] : [new OnnxAttribute("approximate", OnnxAttributeKind.Text) { Text = form }];
        Of(Node("Gelu", "x", "y", attributes)).Network().ShouldBeOfType<GELU<float>>().IsTanh.ShouldBe(isTanh);
    }

    // Written as exactly these constants: 0.044715 and 1 in double as in float, √(2/π) as the nearest.
    [Test]
    public void Save_TheTanhOfAGelu_HasItsConstants()
    {
        OnnxModel model = OnnxModelReader.Read(OnnxBytes.Of(new GELU<double>(tanh: true)), "m");
        model.Nodes.Where(node => node.Operator == "Constant").Select(node => BitConverter.ToDouble(node.Attributes.Single().Tensor!.Bytes.Span))
            .ShouldBe([0.044715, Scale, 0.5, 1], ignoreOrder: true);
    }

    private static OnnxModel ErrorFunction(string operation, string inputs, double root, double one, double half) =>
        Of(Node(operation, inputs, "a"), Node("Erf", "a", "e"), Node("Add", "e,one", "s"), Node("Mul", "x,s", "p"), Node("Mul", "p,half"))
            .Holding(Number("root", (float)root), Number("inverse", (float)(1 / root)), Number("one", (float)one), Number("half", (float)half));

    private static OnnxModel Curve(string cube, string cubed, string curve, double cubic, double scale, double one, double half) => Of(
            Node("Mul", "x,x", "square"), Node(cube, cubed, "c"), Node("Mul", "c,cubic", "k"), Node("Add", "x,k", "i"), Node("Mul", "i,scale", "a"), Node(curve, "a", "t"), Node("Add", "one,t", "s"),
            Node("Mul", "x,s", "p"), Node("Mul", "half,p"))
        .Holding(Number("three", 3), Number("cubic", (float)cubic), Number("scale", (float)scale), Number("one", (float)one), Number("half", (float)half));
}
