using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>The shapes that operators leave, as errors show them: what is known of an axis is known behind the operator too.</summary>
internal sealed class OnnxShapeTests
{
    private static readonly OnnxNode Turn = Node("Transpose", "x", "z");
    private static readonly OnnxNode Exchange = Node("Transpose", "x", "z", OnnxAttribute.Of("perm", [0L, 2L, 1L]));

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Reshaped("[batch, 3, 4]", [3, 4], 0, 0, -1);
        yield return Reshaped("[batch, 12]", [3, 4], 0, -1);
        yield return Reshaped("[batch, ?, ?]", [4], 0, -1, 0);
        yield return Reshaped("[batch, ?, 3]", [null, 3], 0, 0, 3);
        yield return Reshaped("[batch, ?]", [null], 0, -1);
        yield return Case("transposed", "[4, ?]", Of(Turn));
        yield return Case("transposed, its rows told", "[4, ?]", Of(Turn, Node("Reshape", "z,s", "v")).Holding(Integers("s", 4, -1)), "v");
        yield return Case("columns of all rows", "[4, 2]", Of(Turn, Node("Slice", "z,a,b,c", "v")).Holding(Integers("a", 0), Integers("b", 2), Integers("c", 1)), "v");
        yield return Case("features side by side", "[batch, 8]", Of(Concat(-1)));
        yield return Case("unknown features side by side", "[batch, ?]", Of(Concat(1)).Taking([null]));
        yield return Case("channels side by side", "[batch, 6, 4]", Of(Concat(1)).Taking(3, 4));
        yield return Case("channels side by side, from the end", "[batch, 6, 4]", Of(Concat(-2)).Taking(3, 4));
        yield return Case("channels side by side, the last axis", "[batch, 4, 6]", Of(Exchange, Node("Concat", "z,z", "v", OnnxAttribute.Of("axis", 2))).Taking(3, 4), "v");
        yield return Case("the longest axis", "[batch, 2147483647]",
            Of(Node("Slice", "x,a,b,c", "v"), Node("Concat", "x,v", "z", OnnxAttribute.Of("axis", 1))).Taking(1L << 30)
                .Holding(Integers("a", 0), Integers("b", (1L << 30) - 1), Integers("c", 1)));
        yield return Case("a row tells the features", "[batch, 4]", Of(Node("Add", "x,w", "z")).Taking([null]).Holding(Tensor("w", 4)));
        yield return Case("a row of unknown length", "[batch, 4]",
            Of(Node("Transpose", "x", "t"), Node("MatMul", "w,t", "r"), Node("Add", "x,r", "z")).Holding(Tensor("w", 4)));
        yield return Case("a second value tells the features", "[batch, 4]", Of(Node("MatMul", "x,w", "v"), Node("Add", "x,v", "z")).Taking([null]).Holding(Tensor("w", 5, 4)));
        yield return Case("a first value tells the features", "[batch, 4]", Of(Node("MatMul", "x,w", "v"), Node("Add", "v,x", "z")).Taking([null]).Holding(Tensor("w", 5, 4)));
        yield return Case("sum of all", "[1, 1]", Of(Node("ReduceSum", "x", "z")));
        yield return Case("all pooled", "[batch, 3, 1]", Of(Node("GlobalMaxPool", "x", "z")).Taking(3, 4));
    }

    // To flatten from the axis of the samples on is refused with the shape.
    [TestCaseSource(nameof(Cases))]
    public void Load_AnOperator_LeavesItsShape(string shape, OnnxModel model, string value)
    {
        OnnxModel flattened = model with { Nodes = [.. model.Nodes, Node("Flatten", value, "y", OnnxAttribute.Of("axis", 0))] };
        Should.Throw<NotSupportedException>(flattened.Network)
            .Message.ShouldBe($"Node 'it' (Flatten) of 'm': flattening {shape} from axis 0 on is not supported, only from the axis behind the samples on.");
    }

    // Sizes alone: nothing flows, and no weight is as long.
    [Test]
    public void Load_ThePoolingOfTheLongestAxis_IsAPooling()
    {
        const string Expected = "MaxPool(1×2147483647 → 1×1, kernel 2, stride 2147483647)";
        OnnxAttribute[] window = [OnnxAttribute.Of("kernel_shape", [2L]), OnnxAttribute.Of("strides", [(long)int.MaxValue])];
        Of(Node("MaxPool", "x", "y", window)).Taking(1, int.MaxValue).Network().ToString().ShouldBe(Expected);
        Of(Node("Reshape", "x,s", "z"), Node("MaxPool", "z", "y", window)).Taking(int.MaxValue).Holding(Integers("s", 0, 1, int.MaxValue)).Network().ToString().ShouldBe(Expected);
    }

    private static OnnxNode Concat(long axis) => Node("Concat", "x,x", "z", OnnxAttribute.Of("axis", axis));

    private static TestCaseData Reshaped(string expected, long?[] axes, params long[] shape) =>
        Case($"taken as {string.Join(", ", shape)}", expected, Of(Node("Reshape", "x,s", "z")).Taking(axes).Holding(Integers("s", shape)));

    private static TestCaseData Case(string name, string expected, OnnxModel model, string value = "z") => new TestCaseData(expected, model, value).SetArgDisplayNames($"{name}: {expected}");
}
