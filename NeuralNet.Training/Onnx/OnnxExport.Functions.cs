using NeuralNet.Core.Functions;

namespace NeuralNet.Training.Onnx;

/// <content>What functions of one number become.</content>
internal sealed partial class OnnxExport<T>
{
    private string WriteFunction(Function<T> function, string path, string x) => function switch
    {
        Absolute<T> => Add("Abs", path, [x]),
        AddConstant<T> add => Add("Add", path, [x, Constant(path, add.Constant)]),
        ELU<T> elu => WithSlope("Elu", elu.Alpha, path, x),
        Exp<T> => Add("Exp", path, [x]),
        GELU<T> gelu => gelu.IsTanh ? WriteTanhGelu(path, x) : WriteGelu(path, x),
        LeakyReLU<T> leaky => WithSlope("LeakyRelu", leaky.Slope, path, x),
        Log<T> => Add("Log", path, [x]),
        Negate<T> => Add("Neg", path, [x]),
        Power<T> power => Add("Pow", path, [x, Constant(path, power.Exponent)]),
        ReLU<T> => Add("Relu", path, [x]),
        Reciprocal<T> => Add("Reciprocal", path, [x]),
        Scale<T> scale => Add("Mul", path, [x, Constant(path, scale.Factor)]),
        Sigmoid<T> => Add("Sigmoid", path, [x]),
        SiLU<T> => Add("Mul", path, [x, Add("Sigmoid", path, [x])]),
        Softplus<T> => Add("Softplus", path, [x]),
        Square<T> => Add("Mul", path, [x, x]),
        SquareRoot<T> => Add("Sqrt", path, [x]),
        Tanh<T> => Add("Tanh", path, [x]),
        _ => throw Refusal(function, path),
    };

    private string WithSlope(string operation, double alpha, string path, string x)
    {
        OnnxSettings settings = new OnnxSettings().With("alpha", alpha);
        return Add(operation, path, [x], settings.Documentation, settings.Attributes);
    }

    // x·(1 + erf(x/√2))·½, in the order in which others write and find it.
    private string WriteGelu(string path, string x)
    {
        string error = Add("Erf", path, [Add("Div", path, [x, Constant(path, T.CreateChecked(Math.Sqrt(2)))])]);
        return Add("Mul", path, [Add("Mul", path, [x, Add("Add", path, [error, Constant(path, T.One)])]), Constant(path, T.CreateChecked(0.5))]);
    }

    // ½·(x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))).
    private string WriteTanhGelu(string path, string x)
    {
        string cube = Add("Mul", path, [x, Add("Mul", path, [x, x])]);
        string inner = Add("Add", path, [x, Add("Mul", path, [Constant(path, T.CreateChecked(OnnxGelu.Cubic)), cube])]);
        string tanh = Add("Tanh", path, [Add("Mul", path, [Constant(path, T.CreateChecked(OnnxGelu.TanhScale)), inner])]);
        return Add("Mul", path, [Constant(path, T.CreateChecked(0.5)), Add("Mul", path, [x, Add("Add", path, [Constant(path, T.One), tanh])])]);
    }
}
