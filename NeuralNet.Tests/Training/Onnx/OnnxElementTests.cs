using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxModels;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Operators of several values, entry by entry: their numbers, and the gates that they are.</summary>
internal sealed class OnnxElementTests
{
    private static readonly Matrix<float> X = Matrices.FromRows<float>([1, -2, 3, -4]);
    private static readonly OnnxNode Negative = Node("Neg", "x", "n");
    private static readonly OnnxNode Half = Node("Mul", "x,h", "m");

    [TestCase("Max", "x", new[] { 1f, -2, 3, -4 })]
    [TestCase("Min", "x", new[] { 1f, -2, 3, -4 })]
    [TestCase("Max", "x,n", new[] { 1f, 2, 3, 4 })]
    [TestCase("Min", "x,n", new[] { -1f, -2, -3, -4 })]
    [TestCase("Max", "n,m,x", new[] { 1f, 2, 3, 4 })]
    [TestCase("Max", "m,m,x", new[] { 1f, -1, 3, -2 })]
    [TestCase("Min", "n,m,x", new[] { -1f, -2, -3, -4 })]
    [TestCase("Min", "m,m,x", new[] { 0.5f, -2, 1.5f, -4 })]
    [TestCase("Sub", "x,n", new[] { 2f, -4, 6, -8 })]
    [TestCase("Sub", "m,x", new[] { -0.5f, 1, -1.5f, 2 })]
    public void Load_AnOperatorOfValues_IsItsArithmetic(string operation, string inputs, float[] expected) =>
        ModelOf(operation, inputs).Network().Forward(X).ShouldBe(Matrices.FromRows(expected));

    [TestCase("Sub", "x,n", typeof(SubtractGate<float>))]
    [TestCase("Max", "x,n", typeof(MaxGate<float>))]
    [TestCase("Max", "x,n,m", typeof(MaxoutGate<float>))]
    [TestCase("Min", "x,n,m", typeof(MinGate<float>))]
    public void Load_AnOperatorOfValues_IsTheGateOfItsName(string operation, string inputs, Type gate) =>
        ((GraphLayer<float>)ModelOf(operation, inputs).Network()).Output.Gate.ShouldBeOfType(gate);

    [Test]
    public void Load_OneOfTheGreatestOfOne_IsTheValue() => Of(Negative, Node("Max", "n")).Network().Forward(X).ShouldBe(-X);

    private static OnnxModel ModelOf(string operation, string inputs) => Of(Negative, Half, Node(operation, inputs)).Holding(Number("h", 0.5f));
}
