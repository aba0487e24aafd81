using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>Products of matrices.</content>
internal sealed partial class OnnxImport<T>
{
    // x·W + b: a Linear where W and b are its own, otherwise gates.
    private OnnxValue<T> Gemm(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2, 3);
        bool turnsX = arguments.Integer("transA", 0) != 0, turnsWeight = arguments.Integer("transB", 0) != 0;
        if (arguments.Number("alpha", 1) != 1 || (inputs.Length == 3 && arguments.Number("beta", 1) != 1))
        {
            throw OnnxArguments.Unsupported(node, "factors alpha and beta other than 1 are not supported", _name);
        }

        arguments.Number("beta", 1);
        if (!turnsX && inputs[0].Tensor is null && inputs[1].Tensor is { Dimensions.Length: 2 } weight
            && node.Inputs.Skip(1).All(IsOwned) && IsBias(inputs.Length == 3 ? inputs[2] : null, weight.Dimensions[turnsWeight ? 0 : 1]))
        {
            return Affine(node, inputs[0], weight, turnsWeight, inputs.Length == 3 ? inputs[2].Tensor : null);
        }

        OnnxValue<T> product = Product(node, Turned(node, inputs[0], turnsX), Turned(node, inputs[1], turnsWeight));
        return inputs.Length == 3 ? Sum(node, product, Operand(inputs[2], node)) : product;
    }

    private OnnxValue<T> MatMul(OnnxNode node)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2);
        return inputs[0].Tensor is null && inputs[1].Tensor is { Dimensions.Length: 2 } weight && IsOwned(node.Inputs[1])
            ? Affine(node, inputs[0], weight, isTurned: false, null)
            : Product(node, Operand(inputs[0], node), Operand(inputs[1], node));
    }

    private static bool IsBias(OnnxValue<T>? value, long outputs) =>
        value is null || (value.Tensor is { Dimensions: [.., var length] } bias && length == outputs && bias.Dimensions[..^1].All(axis => axis == 1));

    private OnnxValue<T> Affine(OnnxNode node, OnnxValue<T> x, OnnxTensor weight, bool isTurned, OnnxTensor? bias)
    {
        OnnxValue<T> input = Vectors(node, x);
        long inputs = weight.Dimensions[isTurned ? 1 : 0], outputs = weight.Dimensions[isTurned ? 0 : 1];
        ThrowIfOther(node, input.Axes[0], inputs, "features");
        Layer<T> linear = Shared(
            node, () => new Linear<T>(isTurned ? TransposeOf(weight, node) : MatrixOf(weight, node), bias is null ? null : RowOf(bias, node)));
        return input with { Node = Apply(node, linear, input.Node), Axes = [outputs] };
    }

    private OnnxValue<T> Turned(OnnxNode node, OnnxValue<T> value, bool isTurned)
    {
        OnnxValue<T> matrix = Operand(value, node);
        return isTurned ? Transposed(node, matrix) : matrix;
    }

    private OnnxValue<T> Transposed(OnnxNode node, OnnxValue<T> value)
    {
        OnnxValue<T> matrix = Vectors(node, value);
        return new OnnxValue<T> { Node = Apply(node, new TransposeGate<T>(), matrix.Node), Rows = matrix.Axes[0], Axes = [matrix.Rows] };
    }

    private OnnxValue<T> Product(OnnxNode node, OnnxValue<T> x, OnnxValue<T> y)
    {
        (x, y) = (Vectors(node, x), Vectors(node, y));
        if (y.Rows is long rows)
        {
            ThrowIfOther(node, x.Axes[0], rows, "columns of the first factor");
        }

        return x with { Node = Apply(node, new MatrixMultiplyGate<T>(), x.Node, y.Node), Axes = y.Axes };
    }
}
