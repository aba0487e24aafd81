namespace NeuralNet.Training.Onnx;

/// <content>Both forms of GELU, as exporters write them.</content>
internal sealed partial class OnnxPatterns
{
    // ½·x·(1 + erf(x/√2)) or ½·x·(1 + tanh(…)), the factors in any order.
    private OnnxNode? Gelu(OnnxNode product)
    {
        foreach ((string one, string others) in BothOrders(product))
        {
            if (MakerOf(others, "Mul") is not { Inputs.Count: 2 } inner)
            {
                continue;
            }

            foreach ((string half, string x, string sum) in Orders(one, inner.Inputs[0], inner.Inputs[1]))
            {
                if (IsNumber(half, 0.5) && MakerOf(sum, "Add") is { Inputs.Count: 2 } added && OtherThan(added, 1) is { } curve)
                {
                    if (IsErrorFunction(curve, x))
                    {
                        return Replaced(product, "GELU", "Erf, Mul", x);
                    }

                    if (IsTanh(curve, x))
                    {
                        return Replaced(product, "GELU(tanh)", "Tanh, Mul", x);
                    }
                }
            }
        }

        return null;
    }

    // erf(x/√2), the quotient as such or as a product.
    private bool IsErrorFunction(string value, string x) => MakerOf(value, "Erf") is { Inputs: [var scaled] } && (
        (MakerOf(scaled, "Div") is { Inputs: [var over, var by] } && over == x && IsNumber(by, Math.Sqrt(2)))
        || (MakerOf(scaled, "Mul") is { Inputs.Count: 2 } product && OtherThan(product, Math.Sqrt(0.5)) == x));

    // tanh(√(2/π)·(x + 0.044715·x³)).
    private bool IsTanh(string value, string x)
    {
        if (MakerOf(value, "Tanh") is not { Inputs: [var scaled] }
            || MakerOf(scaled, "Mul") is not { Inputs.Count: 2 } product || OtherThan(product, OnnxGelu.TanhScale) is not { } inner
            || MakerOf(inner, "Add") is not { Inputs.Count: 2 } sum)
        {
            return false;
        }

        return BothOrders(sum).Any(terms => terms.First == x
            && MakerOf(terms.Second, "Mul") is { Inputs.Count: 2 } cubic && OtherThan(cubic, OnnxGelu.Cubic) is { } cube && IsCube(cube, x));
    }

    private bool IsCube(string value, string x) =>
        (MakerOf(value, "Pow") is { Inputs: [var of, var exponent] } && of == x && IsNumber(exponent, 3))
        || (MakerOf(value, "Mul") is { Inputs.Count: 2 } product && BothOrders(product).Any(factors =>
            factors.First == x && MakerOf(factors.Second, "Mul") is { Inputs: [var a, var b] } && a == x && b == x));
}
