using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>What each operator becomes.</content>
internal sealed partial class OnnxImport<T>
{
    // The value that a node makes. A setting that the library refuses is refused here with its message.
    private OnnxValue<T> Convert(OnnxNode node)
    {
        var arguments = new OnnxArguments(node, _name);
        try
        {
            OnnxValue<T> value = Convert(node, arguments);
            arguments.Finish();
            return value;
        }
        catch (ArgumentException exception)
        {
            throw new NotSupportedException($"{node} of '{_name}' is not supported: {exception.Message}", exception);
        }
    }

    private OnnxValue<T> Convert(OnnxNode node, OnnxArguments arguments) => node.Operator switch
    {
        "Identity" => InputsOf(node, 1)[0],
        "Constant" => ConstantOf(node, arguments),
        "Cast" => Cast(node, arguments),
        "Gemm" => Gemm(node, arguments),
        "Linear" => Gemm(node, arguments),
        "MatMul" => MatMul(node),
        "Gather" => Gather(node, arguments),
        "BatchNormalization" => Normalize(node, arguments),
        "LayerNormalization" => NormalizeLayer(node, arguments),
        "Conv" => Convolve(node, arguments),
        "ConvTranspose" => ConvolveTransposed(node, arguments),
        "MaxPool" => PoolMaximum(node, arguments),
        "AveragePool" => PoolAverage(node, arguments),
        "GlobalMaxPool" => PoolAll(node, arguments, input => new GlobalMaxPool<T>(input)),
        "GlobalAveragePool" => PoolAll(node, arguments, input => new GlobalAveragePool<T>(input)),
        "Pad" => Pad(node, arguments),
        "FeatureScaling" => ScaleFeatures(node),
        "Dropout" => Drop(node, arguments),
        "PRelu" => RectifyParametrically(node),
        "Flatten" => Flatten(node, arguments),
        "Reshape" => Reshape(node, arguments),
        "Transpose" => Transpose(node, arguments),
        "Slice" => Slice(node),
        "Concat" => Concatenate(node, arguments),
        "Softmax" => OfRows(node, arguments, new Softmax<T>()),
        "LogSoftmax" => OfRows(node, arguments, new LogSoftmax<T>()),
        "ReduceMax" => Maximum(node, arguments),
        "ReduceSum" => Reduce(node, arguments, new SumGate<T>()),
        "ReduceMean" => Reduce(node, arguments, new MeanGate<T>()),
        "ReduceSumSquare" => Reduce(node, arguments, new SumOfSquaresGate<T>()),
        "Add" => Add(node),
        "Sub" => Subtract(node),
        "Mul" => Multiply(node),
        "Div" => Divide(node),
        "Pow" => Raise(node),
        "Max" => Extreme(node, new MaxGate<T>()),
        "Min" => Extreme(node, new MinGate<T>()),
        "Abs" => OfEach(node, new Absolute<T>()),
        "Elu" => OfEach(node, new ELU<T>(arguments.Number("alpha", 1))),
        "Exp" => OfEach(node, new Exp<T>()),
        "GELU" => OfEach(node, new GELU<T>()),
        "GELU(tanh)" => OfEach(node, new GELU<T>(tanh: true)),
        "Gelu" => OfEach(node, new GELU<T>(IsTanh(node, arguments))),
        "LeakyRelu" => OfEach(node, new LeakyReLU<T>(arguments.Number("alpha", 0.01f))),
        "Log" => OfEach(node, new Log<T>()),
        "Neg" => OfEach(node, new Negate<T>()),
        "Reciprocal" => OfEach(node, new Reciprocal<T>()),
        "Relu" => OfEach(node, new ReLU<T>()),
        "Sigmoid" => OfEach(node, new Sigmoid<T>()),
        "SiLU" => OfEach(node, new SiLU<T>()),
        "Softplus" => OfEach(node, new Softplus<T>()),
        "Sqrt" => OfEach(node, new SquareRoot<T>()),
        "Tanh" => OfEach(node, new Tanh<T>()),
        _ => throw OnnxArguments.Unsupported(node, $"the operator {node.Operator} is not supported", _name),
    };

    // The inputs of a node that has a number of them, none left out.
    private OnnxValue<T>[] InputsOf(OnnxNode node, int count) => InputsOf(node, count, count);

    private OnnxValue<T>[] InputsOf(OnnxNode node, int fewest, int most)
    {
        if (node.Inputs.Count < fewest || node.Inputs.Count > most || node.Inputs.Take(fewest).Any(string.IsNullOrEmpty))
        {
            throw new InvalidDataException(
                $"{node} of '{_name}' has {node.Inputs.Count(input => input.Length > 0)} inputs; the operator has {(fewest == most ? $"{fewest}" : $"{fewest} to {most}")}.");
        }

        return [.. Enumerable.Range(0, node.Inputs.Count).Where(input => HasInput(node, input)).Select(input => Input(node, input))];
    }

    // An input that is numbers that are computed, as layers take them.
    private OnnxValue<T> Computed(OnnxNode node, int input, OnnxValue<T> value) =>
        value.Tensor is not null ? throw OnnxArguments.Unsupported(node, $"its input '{node.Inputs[input]}' as a constant is not supported", _name)
        : value.IsIndex ? throw OnnxArguments.Unsupported(node, $"its input '{node.Inputs[input]}' of whole numbers is not supported", _name)
        : value;

    // One of which rows are vectors: [batch, features].
    private OnnxValue<T> Vectors(OnnxNode node, OnnxValue<T> value) => value.Axes.Length == 1
        ? Computed(node, 0, value)
        : throw OnnxArguments.Unsupported(node, $"an input of {value.Shape} is not supported, only one of [batch, features] is; a Flatten before it makes that", _name);

    private OnnxValue<T> OfEach(OnnxNode node, Function<T> function) => OfEach(node, function, InputsOf(node, 1)[0]);

    // Of a tensor too: a parameter may be squared.
    private OnnxValue<T> OfEach(OnnxNode node, Function<T> function, OnnxValue<T> x)
    {
        OnnxValue<T> operand = Operand(x, node);
        return operand with { Node = Apply(node, function, operand.Node) };
    }

    private bool IsTanh(OnnxNode node, OnnxArguments arguments) => arguments.Text("approximate", "none") switch
    {
        "none" => false,
        "tanh" => true,
        string other => throw OnnxArguments.Unsupported(node, $"the approximation '{other}' is not supported, only 'none' and 'tanh' are", _name),
    };

    private OnnxValue<T> ConstantOf(OnnxNode node, OnnxArguments arguments)
    {
        if (arguments.Find("value", OnnxAttributeKind.Tensor)?.Tensor is OnnxTensor tensor)
        {
            // No name: it is a setting, and nothing that was trained.
            return new OnnxValue<T> { Tensor = tensor with { Name = "" } };
        }

        if (arguments.Find("value_float", OnnxAttributeKind.Number) is { } number)
        {
            return new OnnxValue<T> { Tensor = new("", OnnxType.Single, [], BitConverter.GetBytes(number.Number)) };
        }

        if (arguments.Find("value_int", OnnxAttributeKind.Integer) is { } integer)
        {
            return new OnnxValue<T> { Tensor = new("", OnnxType.Int64, [], BitConverter.GetBytes(integer.Integer)) };
        }

        if (arguments.Integers("value_ints") is { } integers)
        {
            return new OnnxValue<T> { Tensor = OnnxTensor.OfIntegers([.. integers]) };
        }

        throw OnnxArguments.Unsupported(node, "a constant that is neither a tensor nor a number nor whole numbers is not supported", _name);
    }

    // Numbers as whole numbers choose rows of a table, which checks that they are whole; between kinds of floating point nothing is to do.
    private OnnxValue<T> Cast(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = InputsOf(node, 1)[0];
        var type = (OnnxType)arguments.Integer("to", 0);
        return (x.Tensor, type) switch
        {
            (null, OnnxType.Int64 or OnnxType.Int32) => x with { IsIndex = true },
            (null, OnnxType.Single or OnnxType.Double) when !x.IsIndex => x,
            _ => throw OnnxArguments.Unsupported(
                node, $"a cast of {(x.Tensor is not null ? "a constant" : x.IsIndex ? "whole numbers" : "numbers")} to {type} is not supported", _name),
        };
    }
}
