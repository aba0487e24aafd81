using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Models that are refused: what is not supported, by operator, attribute, type and shape, and what contradicts itself.</summary>
internal static class OnnxRefusals
{
    /// <summary>Models with something that no network here has.</summary>
    public static IEnumerable<OnnxRefusal> Unsupported()
    {
        yield return new("operator", "Node 'it' (Einsum) of 'm': the operator Einsum is not supported.", Of(Node("Einsum", "x,w")) with { Initializers = [Tensor("w", 4, 4)] });
        yield return new("domain", "Node 'it' (FusedGemm) of 'm': the operator is of the domain com.microsoft, which is not supported.",
            Of(Node("FusedGemm", "x") with { Domain = "com.microsoft" }));
        yield return new("old operator set", "'m' is of operator set 12, which is not supported; 13 to 21 are.", Of(Node("Relu", "x")) with { OperatorSet = 12 });
        yield return new("new operator set", "'m' is of operator set 22, which is not supported; 13 to 21 are.", Of(Node("Relu", "x")) with { OperatorSet = 22 });
        yield return new("attribute", "Node 'it' (Relu) of 'm': the attribute slope is not supported.", Of(Node("Relu", "x", "y", OnnxAttribute.Of("slope", 1f))));
        yield return new("graph in a node", "Node 'it' (If) of 'm': the attribute then_branch, a graph within the node, is not supported.",
            Of(Node("If", "x", "y", new OnnxAttribute("then_branch", OnnxAttributeKind.Graph))));
        yield return new("attribute of texts", "Node 'it' (Relu) of 'm': the attribute words, of kind 8, is not supported.",
            Of(Node("Relu", "x", "y", new OnnxAttribute("words", (OnnxAttributeKind)8))));
        yield return new("two inputs", "'m' has 2 inputs, which is not supported; a network has one.",
            Of(Node("Relu", "x")) with { Inputs = [new("x", OnnxType.Single, ["n", 4L]), new("z", OnnxType.Single, ["n", 4L])] });
        yield return new("two outputs", "'m' has 2 outputs, which is not supported; a network has one.",
            Of(Node("Relu", "x")) with { Outputs = [new("x", OnnxType.Single, null), new("y", OnnxType.Single, null)] });
        yield return new("input of one axis", "Input 'x' of 'm' has 1 axes, which is not supported; it needs 2 or more, of which the first is that of the samples.",
            Of(Node("Relu", "x")) with { Inputs = [new("x", OnnxType.Single, ["n"])] });
        yield return new("input of unknown axes",
            "Input 'x' of 'm' has an unknown number of axes, which is not supported; it needs 2 or more, of which the first is that of the samples.",
            Of(Node("Relu", "x")) with { Inputs = [new("x", OnnxType.Single, null)] });
        yield return new("input of texts", "Input 'x' of 'm' is of type 8, which is not supported; floating point and whole numbers are.",
            Of(Node("Relu", "x")) with { Inputs = [new("x", (OnnxType)8, ["n", 4L])] });
        yield return new("tensor of texts", "Tensor 'w' of 'm' has elements of type 8, which is not supported; those of floating point, int32, int64 and bool are.",
            Of(Node("Relu", "x")) with { Initializers = [new OnnxTensor("w", (OnnxType)8, [], Array.Empty<byte>())] });
        yield return new("constant output", "The output of 'm', 'y', does not depend on the input, which is not supported.", Of(Node("Identity", "w")) with { Initializers = [Tensor("w", 2)] });
        yield return new("output of whole numbers", "The output of 'm', 'y', is of whole numbers, which is not supported.", Of(Node("Cast", "x", "y", OnnxAttribute.Of("to", 7))));
        yield return new("whole numbers in a sum", "Node 'it' (Add) of 'm': an operand of whole numbers is not supported.",
            Of(Node("Cast", "x", "i", OnnxAttribute.Of("to", 7)), Node("Add", "i,x")));
        yield return new("cast to bool", "Node 'it' (Cast) of 'm': a cast of numbers to Bool is not supported.", Of(Node("Cast", "x", "y", OnnxAttribute.Of("to", 9))));
        yield return new("further output", "Node 'it' (Dropout) of 'm': its further output 'mask' is not supported.",
            Of(Node("Dropout", "x", "z") with { Outputs = ["z", "mask"] }, Node("Mul", "z,mask")));
        yield return new("dropping", "Node 'it' (Dropout) of 'm': dropping as in training is not supported; export the model in evaluation.",
            Of(Node("Dropout", "x,,mode") with { Inputs = ["x", "", "mode"] }) with { Initializers = [new OnnxTensor("mode", OnnxType.Bool, [], new byte[] { 1 })] });
        yield return new("dropout of all", "Node 'it' (Dropout) of 'm' is not supported: Dropout drops entries with a probability from 0 to below 1; at 1 nothing would be left to learn from. (Parameter 'probability')\nActual value was 1.",
            Of(Node("Constant", "", "p", OnnxAttribute.Of("value_float", 1f) with { Name = "value_float" }), Node("Dropout", "x,p")));
        yield return new("factor of a product", "Node 'it' (Gemm) of 'm': factors alpha and beta other than 1 are not supported.",
            Of(Node("Gemm", "x,w", "y", OnnxAttribute.Of("alpha", 0.5f))) with { Initializers = [Tensor("w", 4, 2)] });
        yield return new("product with a tensor of three axes", "Node 'it' (MatMul) of 'm': a tensor of [2, 4, 2] as an operand is not supported, only those of up to two axes are.",
            Of(Node("MatMul", "x,w")) with { Initializers = [Tensor("w", 2, 4, 2)] });
        yield return new("product of positions",
            "Node 'it' (MatMul) of 'm': an input of [batch, 3, 4] is not supported, only one of [batch, features] is; a Flatten before it makes that.",
            Of(Node("MatMul", "x,w")) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])], Initializers = [Tensor("w", 4, 2)] });
        yield return new("batch norm in training", "Node 'it' (BatchNormalization) of 'm': training_mode 1 is not supported, only 0 is.",
            Of(Node("BatchNormalization", "x,w,w,w,w", "y", OnnxAttribute.Of("training_mode", 1))) with { Initializers = [Tensor("w", 4)] });
        yield return new("convolution of vectors",
            "Node 'it' (Conv) of 'm': an input of [batch, 4] is not supported, only [batch, channels, length] and [batch, channels, height, width] with numbers for all but the batch are.",
            Of(Node("Conv", "x,w")) with { Initializers = [Tensor("w", 2, 4, 1)] });
        yield return new("convolution padded at one end", "Node 'it' (Conv) of 'm': a padding of [1, 0] is not supported, only the same at both ends of each of 1 axes is.",
            Of(Node("Conv", "x,w", "y", OnnxAttribute.Of("pads", [1L, 0L]))) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])], Initializers = [Tensor("w", 2, 3, 1)] });
        yield return new("convolution that pads itself", "Node 'it' (Conv) of 'm': a padding of SAME_UPPER is not supported, only one in numbers is.",
            Of(Node("Conv", "x,w", "y", new OnnxAttribute("auto_pad", OnnxAttributeKind.Text) { Text = "SAME_UPPER" })) with
            {
                Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])],
                Initializers = [Tensor("w", 2, 3, 1)],
            });
        yield return new("kernel larger than the input",
            "Node 'it' (Conv) of 'm' is not supported: A convolution has a window of 5, which is larger than samples of 3×4 with a padding of 0 at each end: " +
            "take a smaller kernel or dilation, or more padding. (Parameter 'input')",
            Of(Node("Conv", "x,w")) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])], Initializers = [Tensor("w", 2, 3, 5)] });
        yield return new("pooling that rounds up", "Node 'it' (MaxPool) of 'm': ceil_mode 1 is not supported, only 0 is.",
            Of(Node("MaxPool", "x", "y", OnnxAttribute.Of("kernel_shape", [2L]), OnnxAttribute.Of("ceil_mode", 1))) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])] });
        yield return new("pooling with gaps", "Node 'it' (MaxPool) of 'm': a dilation of 2 is not supported, only 1 is.",
            Of(Node("MaxPool", "x", "y", OnnxAttribute.Of("kernel_shape", [2L]), OnnxAttribute.Of("dilations", [2L]))) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])] });
        yield return new("layer norm of positions",
            "Node 'it' (LayerNormalization) of 'm': normalising [batch, 3, 4] from axis 2 on is not supported, only whole samples and the last axis of [batch, positions, channels] are.",
            Of(Node("LayerNormalization", "x,w")) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])], Initializers = [Tensor("w", 4)] });
        yield return new("slopes of features", "Node 'it' (PRelu) of 'm': slopes of [3, 1] for [batch, 4] are not supported, only one for all or one for each channel.",
            Of(Node("PRelu", "x,w")) with { Initializers = [Tensor("w", 3, 1)] });
        yield return new("computed slopes", "Node 'it' (PRelu) of 'm': a slope that is computed is not supported, only one that is a constant is.", Of(Node("PRelu", "x,x")));
        yield return new("rows of a vector", "Node 'it' (Gather) of 'm': taking rows of [5] by [batch, 4] is not supported, only rows of a matrix by [batch, words] are.",
            Of(Node("Gather", "w,x")) with { Initializers = [Tensor("w", 5)] });
        yield return new("columns of a table", "Node 'it' (Gather) of 'm': axis 1 is not supported, only 0 is.",
            Of(Node("Gather", "w,x", "y", OnnxAttribute.Of("axis", 1))) with { Initializers = [Tensor("w", 5, 2)] });
        yield return new("softmax over samples", "Node 'it' (Softmax) of 'm': the axis of the samples is not supported, only that of the features is.",
            Of(Node("Softmax", "x", "y", OnnxAttribute.Of("axis", 0))));
        yield return new("flattened samples", "Node 'it' (Flatten) of 'm': flattening [batch, 4] from axis 0 on is not supported, only from the axis behind the samples on.",
            Of(Node("Flatten", "x", "y", OnnxAttribute.Of("axis", 0))));
        yield return new("mixed samples", "Node 'it' (Reshape) of 'm': taking [batch, 4] as [2, -1] is not supported, only what leaves samples apart.",
            Of(Node("Reshape", "x,s")) with { Initializers = [Integers("s", 2, -1)] });
        yield return new("four axes", "Node 'it' (Reshape) of 'm': samples of [1, 2, 2, 1] are not supported, only vectors, sequences and images are.",
            Of(Node("Reshape", "x,s")) with { Initializers = [Integers("s", 0, 1, 2, 2, 1)] });
        yield return new("exchanged axes", "Node 'it' (Transpose) of 'm': exchanging the axes of [batch, 3, 4] as [1, 0, 2] is not supported, only those of a matrix and the last two of three.",
            Of(Node("Transpose", "x", "y", OnnxAttribute.Of("perm", [1L, 0L, 2L]))) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])] });
        yield return new("every second column", "Node 'it' (Slice) of 'm': this part of [batch, 4] is not supported, only rows and columns side by side of [batch, features] are.",
            Of(Node("Slice", "x,a,b,c,d")) with { Initializers = [Integers("a", 0), Integers("b", 4), Integers("c", 1), Integers("d", 2)] });
        yield return new("positions side by side", "Node 'it' (Concat) of 'm': putting [batch, 3, 4] and [batch, 3, 4] together along axis 2 is not supported.",
            Of(Node("Concat", "x,x", "y", OnnxAttribute.Of("axis", 2))) with { Inputs = [new("x", OnnxType.Single, ["n", 3L, 4L])] });
        yield return new("greatest of features",
            "Node 'it' (ReduceMax) of 'm': the greatest of [batch, 4] along these axes is not supported, only of [batch, pieces, features] along axis 1 without keeping it.",
            Of(Node("ReduceMax", "x", "y", OnnxAttribute.Of("axes", [1L]))));
        yield return new("sum of features", "Node 'it' (ReduceSum) of 'm': reducing [batch, 4] along some axes, or without keeping them, is not supported, only along both with keepdims.",
            Of(Node("ReduceSum", "x,a")) with { Initializers = [Integers("a", 1)] });
        yield return new("product with a row",
            "Node 'it' (Mul) of 'm': values of [batch, 4] and [1, 4] are not supported, only those of one shape, a number, or a row that is added or subtracted.",
            Of(Node("Mul", "x,w")) with { Initializers = [Tensor("w", 4)] });
        yield return new("computed exponent", "Node 'it' (Pow) of 'm': an exponent that is not one constant number is not supported.", Of(Node("Pow", "x,x")));
        yield return new("another GELU", "Node 'it' (Gelu) of 'm': the approximation 'sigmoid' is not supported, only 'none' and 'tanh' are.",
            Of(Node("Gelu", "x", "y", new OnnxAttribute("approximate", OnnxAttributeKind.Text) { Text = "sigmoid" })));
        yield return new("slope below zero", "Node 'it' (Elu) of 'm' is not supported: ELU needs a alpha that is a finite Single, 0 or more. (Parameter 'alpha')\nActual value was -1.",
            Of(Node("Elu", "x", "y", OnnxAttribute.Of("alpha", -1f))));
        yield return new("shared weights", "Node 'it' (PRelu) of 'm': its initializer 'w' is used by other nodes in another way too, which is not supported.",
            Of(Node("Add", "x,w", "z"), Node("PRelu", "z,w")) with { Initializers = [Tensor("w", 4)] });
        yield return new("weights of whole numbers", "Node 'it' (MatMul) of 'm': a tensor of type Int64 as its numbers is not supported.",
            Of(Node("MatMul", "x,w")) with { Initializers = [new OnnxTensor("w", OnnxType.Int64, [4, 1], new byte[32])] });
        yield return new("empty weights", "Node 'it' (MatMul) of 'm': a tensor of [4, 0], without numbers, is not supported.", Of(Node("MatMul", "x,w")) with { Initializers = [Tensor("w", 4, 0)] });
    }

    /// <summary>Models that contradict themselves.</summary>
    public static IEnumerable<OnnxRefusal> Damaged()
    {
        yield return new("no input", "'m' has no input.", Of(Node("Relu", "x")) with { Inputs = [] });
        yield return new("no output", "'m' has no output.", Of(Node("Relu", "x")) with { Outputs = [] });
        yield return new("axis of length 0", "Input 'x' of 'm' has an axis of length 0.", Of(Node("Relu", "x")) with { Inputs = [new("x", OnnxType.Single, ["n", 0L])] });
        yield return new("made twice", "Node 'it' (Relu) of 'm' makes 'y', which is there already.", Of(Node("Relu", "x"), Node("Relu", "x")));
        yield return new("initializer twice", "'m' has 'w' twice.", Of(Node("Relu", "x")) with { Initializers = [Tensor("w", 1), Tensor("w", 1)] });
        yield return new("not in order", "Input 0 of Node 'it' (Relu) of 'm' is 'z', which nothing before it makes.", Of(Node("Relu", "z"), Node("Tanh", "x", "z")));
        yield return new("cycle", "Input 0 of Node 'it' (Relu) of 'm' is 'y', which nothing before it makes.", Of(Node("Relu", "y")));
        yield return new("nobody makes it", "The output of 'm' is 'y', which nothing before it makes.", Of(Node("Relu", "x", "z")));
        yield return new("too few inputs", "Node 'it' (Add) of 'm' has 1 inputs; the operator has 2.", Of(Node("Add", "x")));
        yield return new("too many inputs", "Node 'it' (Gemm) of 'm' has 4 inputs; the operator has 2 to 3.", Of(Node("Gemm", "x,x,x,x")));
        yield return new("attribute of another kind", "Node 'it' (Elu) of 'm' has the attribute alpha as Integer; expected Number.", Of(Node("Elu", "x", "y", OnnxAttribute.Of("alpha", 1L))));
        yield return new("weights for others", "Node 'it' (MatMul) of 'm' is given 4 features, but its weights are for 3.", Of(Node("MatMul", "x,w")) with { Initializers = [Tensor("w", 3, 2)] });
        yield return new("weights of two lengths", "Node 'it' (BatchNormalization) of 'm' has weights of [4] and [4] and [3] and [4]; expected vectors of one length.",
            Of(Node("BatchNormalization", "x,a,b,c,d")) with { Initializers = [Tensor("a", 4), Tensor("b", 4), Tensor("c", 3), Tensor("d", 4)] });
        yield return new("other values", "Node 'it' (Reshape) of 'm' takes [batch, 4] as [0, 3, -1], which has another number of values.",
            Of(Node("Reshape", "x,s")) with { Initializers = [Integers("s", 0, 3, -1)] });
        yield return new("starts without ends", "Node 'it' (Slice) of 'm' has 1 starts, 2 ends and 1 axes; expected as many of each.",
            Of(Node("Slice", "x,a,b")) with { Initializers = [Integers("a", 0), Integers("b", 1, 2)] });
        yield return new("shape of floats", "Node 'it' (Reshape) of 'm' has a shape of type Single; expected whole numbers.", Of(Node("Reshape", "x,s")) with { Initializers = [Tensor("s", 2)] });
        yield return new("no axis", "Node 'it' (Concat) of 'm' has no axis.", Of(Node("Concat", "x,x")));
    }
}
