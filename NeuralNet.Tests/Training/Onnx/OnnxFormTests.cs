using System.Runtime.InteropServices;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxModels;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Forms in which other exporters write what moves values: axes from the end, bounds beyond the ends, settings that say what holds anyway.</summary>
internal sealed class OnnxFormTests
{
    private static readonly Matrix<float> X = Matrices.FromRows<float>([1, 2, 3, 4], [5, 6, 7, 8]);
    private static readonly float[][] Same = [[1, 2, 3, 4], [5, 6, 7, 8]];
    private static readonly float[][] Transposed = [[1, 5], [2, 6], [3, 7], [4, 8]];

    private static IEnumerable<TestCaseData> Parts()
    {
        const long End = long.MaxValue;
        yield return Part("to the greatest int", [[3, 4], [7, 8]], [2], [int.MaxValue], [1]);
        yield return Part("to the greatest int, features unknown", [[3, 4], [7, 8]], [2], [int.MaxValue], [1], null);
        yield return Part("from the end", [[3, 4], [7, 8]], [-2], [End], [-1]);
        yield return Part("from the end, features unknown", [[3, 4], [7, 8]], [-2], [End], [-1], null);
        yield return Part("to before the end", [[1, 2], [5, 6]], [0], [-2], [1]);
        yield return Part("beyond both ends", Same, [-100], [100], [1]);
        yield return Part("from before any start, features unknown", [[1, 2], [5, 6]], [-int.MaxValue], [2], [1], null);
        yield return Part("from before any start by far", [[1, 2], [5, 6]], [long.MinValue], [2], [1], null);
        yield return Part("rows", [[5, 6, 7, 8]], [1], [End], [-2]);
        yield return Part("rows and columns", [[2, 3]], [0, 1], [1, 3], null);
        yield return Part("whole numbers of 32 bits", [[2], [6]], [1], [2], [1], 4, Narrow);
    }

    private static IEnumerable<TestCaseData> Forms()
    {
        yield return Case("part of a transposed matrix", [[2, 3], [6, 7]],
            Of(Node("Transpose", "x", "t"), Node("Slice", "t,a,b,c", "u"), Node("Transpose", "u")).Holding(Integers("a", 1), Integers("b", 3), Integers("c", 0)));
        yield return Case("part of a transposed matrix beyond the end", [[2, 3, 4], [6, 7, 8]],
            Of(Node("Transpose", "x", "t"), Node("Slice", "t,a,b,c", "u"), Node("Transpose", "u")).Holding(Integers("a", 1), Integers("b", 100), Integers("c", 0)));
        yield return Case("part of a transposed matrix beyond the start", [[1, 2], [5, 6]],
            Of(Node("Transpose", "x", "t"), Node("Slice", "t,a,b,c", "u"), Node("Transpose", "u")).Holding(Integers("a", -100), Integers("b", 2), Integers("c", 0)));
        yield return Case("bounds that are numbers of a node", [[2, 3], [6, 7]],
            Of(Constant("a", 1), Constant("b", 3), Constant("c", 1), Node("Slice", "x,a,b,c")));
        yield return Case("bounds that are lists of a node", [[2, 3], [6, 7]],
            Of(Node("Constant", "", "a", OnnxAttribute.Of("value_ints", [1L])), Node("Constant", "", "b", OnnxAttribute.Of("value_ints", [3L])),
                Node("Constant", "", "c", OnnxAttribute.Of("value_ints", [1L])), Node("Slice", "x,a,b,c")));
        yield return Case("side by side", [[1, 2, 3, 4, 1, 2, 3, 4], [5, 6, 7, 8, 5, 6, 7, 8]], Of(Setting("x,x", "Concat", "axis", -1)));
        yield return Case("one below the other", [.. Same, .. Same], Of(Setting("x,x", "Concat", "axis", 0)));
        yield return Case("one below the other, from the end", [.. Same, .. Same], Of(Setting("x,x", "Concat", "axis", -2)));
        yield return Case("flattened from the end", Same, Of(Setting("x", "Flatten", "axis", -1)));
        yield return Case("positions flattened from the end", Same, Of(Setting("x", "Flatten", "axis", -2)).Taking(2, 2));
        yield return Case("samples left over", Same, Of(Node("Reshape", "x,s")).Holding(Integers("s", -1, 4)));
        yield return Case("samples left over, as images", Same, Of(Node("Reshape", "x,s")).Holding(Integers("s", -1, 1, 2, 2)));
        yield return Case("no zero that could be a length", Same, Of(Node("Reshape", "x,s", "y", OnnxAttribute.Of("allowzero", 1))).Holding(Integers("s", -1, 4)));
        yield return Case("transposed without an order", Transposed, Of(Node("Transpose", "x")));
        yield return Case("an exchange of axes at the end", [[1, 3, 2, 4], [5, 7, 6, 8]], Of(Node("Transpose", "x", "y", OnnxAttribute.Of("perm", [0L, 2L, 1L]))).Taking(2, 2));
        yield return Case("cast to float", Same, Of(Setting("x", "Cast", "to", 1)));
        yield return Case("cast to double", Same, Of(Setting("x", "Cast", "to", 11)));
        yield return Case("padded by nothing", Same, Of(Node("Pad", "x,p")).Holding(Integers("p", 0, 0, 0, 0)));
        yield return Case("sum of all", [[36]], Of(Node("ReduceSum", "x")));
        yield return Case("sum of all, no axes being all", [[36]], Of(Setting("x", "ReduceSum", "noop_with_empty_axes", 0)));
        yield return Case("sum along both axes", [[36]], Of(Node("ReduceSum", "x,a")).Holding(Integers("a", 0, 1)));
        yield return Case("sum along both axes from the end", [[36]], Of(Node("ReduceSum", "x,a")).Holding(Integers("a", -1, -2)));
        yield return Case("a pooling by rows", [[2, 4], [6, 8]],
            Of(Node("MaxPool", "x", "y", OnnxAttribute.Of("kernel_shape", [2L]), OnnxAttribute.Of("strides", [2L]), OnnxAttribute.Of("storage_order", 0))).Taking(1, 4));
        yield return Case("a pooling of positions of which one is left over", Same,
            Of(Node("Reshape", "x,s", "z"), Node("MaxPool", "z", "y", OnnxAttribute.Of("kernel_shape", [1L, 1L]))).Holding(Integers("s", 0, 2, 2, -1)));
    }

    [TestCaseSource(nameof(Parts))]
    [TestCaseSource(nameof(Forms))]
    public void Load_AnotherForm_ComputesTheSame(OnnxModel model, float[][] expected) => model.Network().Forward(X).ShouldBe(Matrices.FromRows(expected));

    [TestCase(null)]
    [TestCase(-1)]
    [TestCase(1)]
    public void Load_ASoftmaxOverFeatures_IsASoftmax(int? axis) =>
        Of(Node("Softmax", "x", "y", axis is int given ? [OnnxAttribute.Of("axis", (long)given)] : [])).Network().ShouldBeOfType<Softmax<float>>();

    // Rows 2 and 0, then 1 and 1, of a table with a row for each of three words.
    [Test]
    public void Load_ChoicesSideBySide_ChooseRowsOfATable()
    {
        OnnxModel model = Of(Setting("x", "Cast", "to", 7) with { Outputs = ["i"] }, Setting("i,i", "Concat", "axis", 1) with { Outputs = ["j"] }, Node("Gather", "t,j", "g"), Node("Flatten", "g"))
            .Taking(1).Holding(Floats("t", [3, 1], 10, 20, 30));
        model.Network().Forward(Matrices.FromRows<float>([2], [1])).ShouldBe(Matrices.FromRows<float>([30, 30], [20, 20]));
    }

    [TestCase(13)]
    [TestCase(21)]
    public void Load_TheOldestAndNewestOperatorSets_AreRead(int version) => (Of(Node("Relu", "x")) with { OperatorSet = version }).Network().ToString().ShouldBe("ReLU");

    // A constant of a node is a setting, under whatever name: it is no parameter and names nothing.
    [Test]
    public void Load_AConstantOfANode_NamesNothing()
    {
        Of(Node("Constant", "", "fc.bias", OnnxAttribute.Of("value_float", 3f)), Node("Add", "x,fc.bias")).Network().ShouldBeOfType<AddConstant<float>>();
        Of(Constant("a.b", 1), Constant("b.c", 3), Node("Slice", "x,a.b,b.c,a.b")).Network().ShouldBeOfType<SliceGate<float>>();
        Of(Node("Constant", "", "fc.weight", OnnxAttribute.Of("value", Floats("inner", [4, 1], 1, 1, 1, 1))), Node("MatMul", "x,fc.weight")).Network().ShouldBeOfType<Linear<float>>();
        Of(Node("Constant", "", "row", OnnxAttribute.Of("value", Floats("inner", [4], 1, 1, 1, 1))), Node("Add", "x,row")).Network().Parameters.ShouldBeEmpty();
    }

    private static OnnxNode Constant(string output, long value) => Node("Constant", "", output, OnnxAttribute.Of("value_int", value));

    private static OnnxNode Setting(string inputs, string operation, string attribute, long value) => Node(operation, inputs, "y", OnnxAttribute.Of(attribute, value));

    private static OnnxTensor Narrow(string name, long[] values) =>
        new(name, OnnxType.Int32, [values.Length], MemoryMarshal.AsBytes<int>(values.Select(value => (int)value).ToArray()).ToArray());

    private static TestCaseData Part(string name, float[][] expected, long[] starts, long[] ends, long[]? axes, long? features = 4, Func<string, long[], OnnxTensor>? tensor = null)
    {
        tensor ??= Integers;
        OnnxTensor[] bounds = [tensor("a", starts), tensor("b", ends), .. axes is null ? [] : new[] { tensor("c", axes) }];
        return Case(name, expected, Of(Node("Slice", axes is null ? "x,a,b" : "x,a,b,c")).Taking([features]).Holding(bounds));
    }

    private static TestCaseData Case(string name, float[][] expected, OnnxModel model) => new TestCaseData(model, expected).SetArgDisplayNames(name);
}
