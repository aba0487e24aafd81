using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Models that are refused for an operator with weights or settings: what is computed and should be constant, settings, and weights that fit nothing.</summary>
internal static class OnnxWeightRefusals
{
    private const string OnlyConstant = "that is computed is not supported, only one that is a constant is.";

    /// <summary>Models with something that no network here has.</summary>
    public static IEnumerable<OnnxRefusal> Unsupported()
    {
        OnnxTensor four = Tensor("w", 4);
        yield return new("computed bias", $"Node 'it' (Conv) of 'm': a bias {OnlyConstant}", Of(Node("Conv", "x,w,x")).Taking(3, 4).Holding(Tensor("w", 2, 3, 1)));
        yield return new("computed table", $"Node 'it' (Gather) of 'm': a table {OnlyConstant}", Of(Node("Gather", "x,x")));
        yield return new("computed shift of a batch norm", $"Node 'it' (BatchNormalization) of 'm': a shift {OnlyConstant}", Of(Node("BatchNormalization", "x,w,x,w,w")).Holding(four));
        yield return new("computed mean", $"Node 'it' (BatchNormalization) of 'm': a mean {OnlyConstant}", Of(Node("BatchNormalization", "x,w,w,x,w")).Holding(four));
        yield return new("computed shift of a layer norm", $"Node 'it' (LayerNormalization) of 'm': a shift {OnlyConstant}", Of(Node("LayerNormalization", "x,w,x")).Holding(four));
        yield return new("computed mode", $"Node 'it' (Dropout) of 'm': a mode {OnlyConstant}", Of(Node("Dropout", "x") with { Inputs = ["x", "", "x"] }));
        yield return new("computed start", $"Node 'it' (Slice) of 'm': a start {OnlyConstant}", Of(Node("Slice", "x,x,x")));
        yield return new("other precision inside", "Node 'it' (LayerNormalization) of 'm': stash_type 0 is not supported, only 1 is.",
            Of(Node("LayerNormalization", "x,w", "y", OnnxAttribute.Of("stash_type", 0))).Holding(four));
        yield return new("mode that is no truth value", "Node 'it' (Dropout) of 'm': dropping as in training is not supported; export the model in evaluation.",
            Of(Node("Dropout", "x") with { Inputs = ["x", "", "mode"] }).Holding(Integers("mode", 0)));
        yield return new("ratio of two numbers", "Node 'it' (Dropout) of 'm': a ratio of several numbers is not supported.", Of(Node("Dropout", "x,r")).Holding(Tensor("r", 2)));
        yield return new("layer over a constant", "Node 'it' (Dropout) of 'm': its input 'w' as a constant is not supported.", Of(Node("Dropout", "w")).Holding(four));
        yield return new("layer over whole numbers", "Node 'it' (Dropout) of 'm': its input 'i' of whole numbers is not supported.",
            Of(Node("Cast", "x", "i", OnnxAttribute.Of("to", 7)), Node("Dropout", "i")));
        yield return new("pooling by columns", "Node 'it' (MaxPool) of 'm': storage_order 1 is not supported, only 0 is.",
            Of(Node("MaxPool", "x", "y", OnnxAttribute.Of("kernel_shape", [2L]), OnnxAttribute.Of("storage_order", 1))).Taking(3, 4));
        yield return new("padding", "Node 'it' (Pad) of 'm': a padding of [0, 0, 0, 1] is not supported, only the padding of a convolution or pooling itself is.",
            Of(Node("Pad", "x,p")).Holding(Integers("p", 0, 0, 0, 1)));
        yield return new("convolution of an unknown length",
            "Node 'it' (Conv) of 'm': an input of [batch, 3, ?] is not supported, only [batch, channels, length] and [batch, channels, height, width] with numbers for all but the batch are.",
            Of(Node("Conv", "x,w")).Taking(3, null).Holding(Tensor("w", 2, 3, 1)));
        yield return new("factor of a bias", "Node 'it' (Gemm) of 'm': factors alpha and beta other than 1 are not supported.",
            Of(Node("Gemm", "x,w,b", "y", OnnxAttribute.Of("beta", 0.5f))).Holding(Tensor("w", 4, 2), Tensor("b", 2)));
        yield return new("empty weights of a transposed product", "Node 'it' (Gemm) of 'm': a tensor of [0, 4], without numbers, is not supported.",
            Of(Node("Gemm", "x,w", "y", OnnxAttribute.Of("transB", 1))).Holding(Tensor("w", 0, 4)));
        yield return new("shared weights under two settings", "Node 'it' (LayerNormalization) of 'm': its initializer 'w' is used by other nodes in another way too, which is not supported.",
            Of(Node("LayerNormalization", "x,w", "z", OnnxAttribute.Of("epsilon", 0.1f)), Node("LayerNormalization", "z,w", "y", OnnxAttribute.Of("epsilon", 0.2f))).Holding(four));
        yield return new("shared kernel under two strides", "Node 'it' (Conv) of 'm': its initializer 'w' is used by other nodes in another way too, which is not supported.",
            Of(Node("Conv", "x,w", "z", OnnxAttribute.Of("strides", [1L])), Node("Conv", "z,w", "y", OnnxAttribute.Of("strides", [2L]))).Taking(1, 8).Holding(Tensor("w", 1, 1, 1)));
        yield return new("shared kernel over two lengths", "Node 'it' (Conv) of 'm': its initializer 'w' is used by other nodes in another way too, which is not supported.",
            Of(Node("Conv", "x,w", "z"), Node("MaxPool", "z", "p", OnnxAttribute.Of("kernel_shape", [2L])), Node("Conv", "p,w")).Taking(1, 8).Holding(Tensor("w", 1, 1, 1)));
        yield return new("shared kernel of a transposed convolution over two lengths",
            "Node 'it' (ConvTranspose) of 'm': its initializer 'w' is used by other nodes in another way too, which is not supported.",
            Of(Node("ConvTranspose", "x,w", "z"), Node("ConvTranspose", "z,w")).Taking(1, 8).Holding(Tensor("w", 1, 1, 2)));
        yield return new("kernel larger than a sample whose shape a Reshape tells",
            "Node 'it' (Reshape, Conv) of 'm' is not supported: A convolution has a window of 5, which is larger than samples of 1×4 with a padding of 0 at each end: " +
            "take a smaller kernel or dilation, or more padding. (Parameter 'input')",
            Of(Node("Reshape", "x,s", "z"), Node("Conv", "z,w")).Holding(Tensor("w", 2, 1, 5), Integers("s", 0, 1, 4)));
        yield return new("text as a constant", "Node 'it' (Constant) of 'm': a constant that is neither a tensor nor a number nor whole numbers is not supported.",
            Of(Node("Constant", "", "c", new OnnxAttribute("value_string", OnnxAttributeKind.Text) { Text = "words" }), Node("Add", "x,c")));
        yield return new("cast of a constant", "Node 'it' (Cast) of 'm': a cast of a constant to Int64 is not supported.", Of(Node("Cast", "w", "y", OnnxAttribute.Of("to", 7))).Holding(four));
        yield return new("cast of whole numbers", "Node 'it' (Cast) of 'm': a cast of whole numbers to Single is not supported.",
            Of(Node("Cast", "x", "i", OnnxAttribute.Of("to", 7)), Node("Cast", "i", "y", OnnxAttribute.Of("to", 1))));
    }

    /// <summary>Models that contradict themselves.</summary>
    public static IEnumerable<OnnxRefusal> Damaged()
    {
        OnnxTensor three = Tensor("w", 3);
        yield return new("convolution of other groups", "Node 'it' (Conv) of 'm' is given 2 channels a group, but its weights are for 3.",
            Of(Node("Conv", "x,w", "y", OnnxAttribute.Of("group", 2))).Taking(4, 5).Holding(Tensor("w", 2, 3, 1)));
        yield return new("transposed convolution of other channels", "Node 'it' (ConvTranspose) of 'm' is given 3 channels, but its weights are for 2.",
            Of(Node("ConvTranspose", "x,w")).Taking(3, 4).Holding(Tensor("w", 2, 3, 1)));
        yield return new("groups that do not divide", "Node 'it' (ConvTranspose) of 'm' has 2 groups of 1 outputs for 3 channels; groups divide the channels.",
            Of(Node("ConvTranspose", "x,w", "y", OnnxAttribute.Of("group", 2))).Taking(3, 4).Holding(Tensor("w", 3, 1, 1)));
        yield return new("no groups", "Node 'it' (ConvTranspose) of 'm' has 0 groups of 1 outputs for 3 channels; groups divide the channels.",
            Of(Node("ConvTranspose", "x,w", "y", OnnxAttribute.Of("group", 0))).Taking(3, 4).Holding(Tensor("w", 3, 1, 1)));
        yield return new("kernel without an axis", "Node 'it' (Conv) of 'm' has a weight of [2, 3] for samples of 3×4; expected 3 axes.",
            Of(Node("Conv", "x,w")).Taking(3, 4).Holding(Tensor("w", 2, 3)));
        yield return new("kernel without numbers", "Node 'it' (Conv) of 'm' has a weight of [2, 0, 1] for samples of 3×4; expected 3 axes.",
            Of(Node("Conv", "x,w")).Taking(3, 4).Holding(Tensor("w", 2, 0, 1)));
        yield return new("kernel of two sizes", "Node 'it' (Conv) of 'm' has a kernel of [3, 1] and a weight of [2, 3, 2, 1].",
            Of(Node("Conv", "x,w", "y", OnnxAttribute.Of("kernel_shape", [3L, 1L]))).Taking(3, 4, 4).Holding(Tensor("w", 2, 3, 2, 1)));
        yield return new("pooling without a kernel", "Node 'it' (MaxPool) of 'm' has no kernel_shape.", Of(Node("MaxPool", "x")).Taking(3, 4));
        foreach ((string name, long[] strides) in new (string, long[])[] { ("too many", [1, 1]), ("negative", [-1]), ("too large", [1L << 31]) })
        {
            yield return new($"{name} strides", $"Node 'it' (MaxPool) of 'm' has [{string.Join(", ", strides)}] for 1 axes of positions.",
                Of(Node("MaxPool", "x", "y", OnnxAttribute.Of("kernel_shape", [2L]), OnnxAttribute.Of("strides", strides))).Taking(3, 4));
        }

        yield return new("batch norm of other channels", "Node 'it' (BatchNormalization) of 'm' is given 4 channels, but its weights are for 3.",
            Of(Node("BatchNormalization", "x,w,w,w,w")).Holding(three));
        yield return new("layer norm of other features", "Node 'it' (LayerNormalization) of 'm' is given 4 values, but its weights are for 3.",
            Of(Node("LayerNormalization", "x,w")).Holding(three));
        yield return new("scaling of other features", "Node 'it' (Sub, Div) of 'm' is given 4 features, but its weights are for 3.",
            Of(Node("Sub", "x,w", "z"), Node("Div", "z,w")).Holding(three));
        yield return new("slopes of other channels", "Node 'it' (PRelu) of 'm' is given 4 channels, but its weights are for 3.",
            Of(Node("PRelu", "x,w")).Taking(4, 2).Holding(Tensor("w", 3, 1)));
        yield return new("weights of two axes", "Node 'it' (BatchNormalization) of 'm' has weights of [4, 1] and [4] and [4] and [4]; expected vectors of one length.",
            Of(Node("BatchNormalization", "x,a,w,w,w")).Holding(Tensor("a", 4, 1), Tensor("w", 4)));
        yield return new("product and sum of other features", "Node 'it' (MatMul, Add) of 'm' is given 4 features, but its weights are for 3.",
            Of(Node("MatMul", "x,w", "z"), Node("Add", "z,b")).Holding(Tensor("w", 3, 2), Tensor("b", 2)));
        yield return new("product of two values", "Node 'it' (MatMul) of 'm' is given 4 columns of the first factor, but its weights are for 3.",
            Of(Node("MatMul", "x,w", "z"), Node("Transpose", "w", "t"), Node("MatMul", "z,t")).Holding(Tensor("w", 3, 2)));
        yield return new("input left out", "Node 'it' (Add) of 'm' has 1 inputs; the operator has 2.", Of(Node("Add", "x") with { Inputs = ["x", ""] }));
        yield return new("pooling of nothing", "Node 'it' (MaxPool) of 'm' has 0 inputs; the operator has 1.", Of(Node("MaxPool", "")));
        yield return new("axis of length 0 behind one of 1", "Input 'x' of 'm' has an axis of length 0.", Of(Node("Relu", "x")).Taking(1, 0));
        yield return new("axis longer than the longest", "Input 'x' of 'm' has an axis of length 2147483648.", Of(Node("Relu", "x")).Taking(int.MaxValue, 1L << 31));
    }
}
