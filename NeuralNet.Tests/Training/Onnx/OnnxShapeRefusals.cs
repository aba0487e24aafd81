using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Models that are refused for the shape of a value: what mixes samples, axes that are not there, values of two shapes side by side.</summary>
internal static class OnnxShapeRefusals
{
    private const string Parts = "is not supported, only rows and columns side by side of [batch, features] are.";
    private const string Samples = "is not supported, only what leaves samples apart.";
    private const string Axes = "is not supported, only those of a matrix and the last two of three.";
    private const string Pairs = "are not supported, only those of one shape, a number, or a row that is added or subtracted.";

    /// <summary>Models with something that no network here has.</summary>
    public static IEnumerable<OnnxRefusal> Unsupported()
    {
        foreach ((string taken, long[] shape) in new (string, long[])[] { ("one axis", [-1]), ("a negative axis", [0, -2]), ("an axis too long", [0, 1L << 31]), ("two samples", [2, 4]) })
        {
            yield return new(
                $"reshape to {taken}", $"Node 'it' (Reshape) of 'm': taking [batch, 4] as [{string.Join(", ", shape)}] {Samples}", Of(Node("Reshape", "x,s")).Holding(Integers("s", shape)));
        }

        yield return new("reshape to no samples", $"Node 'it' (Reshape) of 'm': taking [batch, 4] as [0, 4] {Samples}",
            Of(Node("Reshape", "x,s", "y", OnnxAttribute.Of("allowzero", 1))).Holding(Integers("s", 0, 4)));
        yield return new("reshape of a constant", $"Node 'it' (Reshape) of 'm': taking [4] as [0, -1] {Samples}", Of(Node("Reshape", "w,s")).Holding(Tensor("w", 4), Integers("s", 0, -1)));
        yield return new("axes of a matrix as they are", $"Node 'it' (Transpose) of 'm': exchanging the axes of [batch, 4] as [0, 1] {Axes}",
            Of(Node("Transpose", "x", "y", OnnxAttribute.Of("perm", [0L, 1L]))));
        yield return new("axes of a matrix for three", $"Node 'it' (Transpose) of 'm': exchanging the axes of [batch, 3, 4] as [1, 0] {Axes}",
            Of(Node("Transpose", "x", "y", OnnxAttribute.Of("perm", [1L, 0L]))).Taking(3, 4));
        yield return new("three axes backwards", $"Node 'it' (Transpose) of 'm': exchanging the axes of [batch, 3, 4] as [2, 1, 0] {Axes}", Of(Node("Transpose", "x")).Taking(3, 4));
        yield return new("part of positions", $"Node 'it' (Slice) of 'm': this part of [batch, 3, 4] {Parts}",
            Of(Node("Slice", "x,a,b")).Taking(3, 4).Holding(Integers("a", 0), Integers("b", 1)));
        yield return new("part along an axis that is not there", $"Node 'it' (Slice) of 'm': this part of [batch, 4] {Parts}",
            Of(Node("Slice", "x,a,b,c")).Holding(Integers("a", 0, 0), Integers("b", 1, 1), Integers("c", 1, 5)));
        yield return new("part with two steps", $"Node 'it' (Slice) of 'm': this part of [batch, 4] {Parts}",
            Of(Node("Slice", "x,a,b,c,d")).Holding(Integers("a", 0, 0), Integers("b", 1, 1), Integers("c", 0, 1), Integers("d", 1, 2)));
        yield return new("positions beside features", "Node 'it' (Concat) of 'm': putting [batch, 3, 4] and [batch, 12] together along axis 1 is not supported.",
            Of(Node("Flatten", "x", "z"), Node("Concat", "x,z", "y", OnnxAttribute.Of("axis", 1))).Taking(3, 4));
        yield return new("positions beside exchanged ones", "Node 'it' (Concat) of 'm': putting [batch, 3, 3] and [batch, 3, 3] together along axis 1 is not supported.",
            Of(Exchange("x", "z"), Node("Concat", "x,z", "y", OnnxAttribute.Of("axis", 1))).Taking(3, 3));
        yield return new("too many features side by side", "Node 'it' (Concat) of 'm': an axis of more than 2147483647 is not supported.",
            Of(Node("Concat", "x,x", "y", OnnxAttribute.Of("axis", 1))).Taking(1L << 30));
        yield return new("reduction that is none", "Node 'it' (ReduceSum) of 'm': noop_with_empty_axes 1 is not supported, only 0 is.",
            Of(Node("ReduceSum", "x", "y", OnnxAttribute.Of("noop_with_empty_axes", 1))));
        yield return new("sum of two widths", $"Node 'it' (Add) of 'm': values of [batch, 4] and [batch, 3] {Pairs}",
            Of(Node("Slice", "x,a,b,c", "z"), Node("Add", "x,z")).Holding(Integers("a", 0), Integers("b", 3), Integers("c", 1)));
        yield return new("sum of positions and features", $"Node 'it' (Add) of 'm': values of [batch, 3, 4] and [batch, 12] {Pairs}",
            Of(Node("Flatten", "x", "z"), Node("Add", "x,z")).Taking(3, 4));
        yield return new("sum of positions and exchanged ones", $"Node 'it' (Add) of 'm': values of [batch, 3, 3] and [batch, 3, 3] {Pairs}",
            Of(Exchange("x", "z"), Node("Add", "x,z")).Taking(3, 3));
    }

    /// <summary>Models that contradict themselves.</summary>
    public static IEnumerable<OnnxRefusal> Damaged()
    {
        yield return new("more values than a matrix has columns", "Node 'it' (Reshape) of 'm' takes [batch, ?] as [0, 65536, 65536], which has another number of values.",
            Of(Node("Reshape", "x,s")).Taking([null]).Holding(Integers("s", 0, 65536, 65536)));
        yield return new("another length of all", "Node 'it' (Reshape) of 'm' takes [batch, 8] as [-1, 4], which has another number of values.",
            Of(Node("Reshape", "x,s")).Taking(8).Holding(Integers("s", -1, 4)));
    }

    // [batch, a, b] as [batch, b, a].
    private static OnnxNode Exchange(string input, string output) => Node("Transpose", input, output, OnnxAttribute.Of("perm", [0L, 2L, 1L]));
}
