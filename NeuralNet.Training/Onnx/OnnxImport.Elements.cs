using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;

namespace NeuralNet.Training.Onnx;

/// <content>Operators of two values, entry by entry.</content>
internal sealed partial class OnnxImport<T>
{
    private OnnxValue<T> Add(OnnxNode node)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2);
        return SettingOf(inputs[1], node) is T right ? OfEach(node, new AddConstant<T>(right), inputs[0])
            : SettingOf(inputs[0], node) is T left ? OfEach(node, new AddConstant<T>(left), inputs[1])
            : Sum(node, Operand(inputs[0], node), Operand(inputs[1], node));
    }

    private OnnxValue<T> Subtract(OnnxNode node)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2);
        if (SettingOf(inputs[1], node) is T right)
        {
            return OfEach(node, new AddConstant<T>(-right), inputs[0]);
        }

        if (SettingOf(inputs[0], node) is T left)
        {
            return OfEach(node, new AddConstant<T>(left), OfEach(node, new Negate<T>(), inputs[1]));
        }

        (OnnxValue<T> x, OnnxValue<T> y) = (Operand(inputs[0], node), Operand(inputs[1], node));
        return IsRow(x) == IsRow(y) ? OfBoth(node, new SubtractGate<T>(), x, y) : Sum(node, x, OfEach(node, new Negate<T>(), y));
    }

    private OnnxValue<T> Multiply(OnnxNode node)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2);
        return SettingOf(inputs[1], node) is T right ? OfEach(node, new Scale<T>(right), inputs[0])
            : SettingOf(inputs[0], node) is T left ? OfEach(node, new Scale<T>(left), inputs[1])
            : node.Inputs[0] == node.Inputs[1] ? OfEach(node, new Square<T>(), inputs[0])
            : OfBoth(node, new MultiplyGate<T>(), Operand(inputs[0], node), Operand(inputs[1], node));
    }

    private OnnxValue<T> Divide(OnnxNode node)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2);
        if (SettingOf(inputs[1], node) is T right)
        {
            return OfEach(node, new Scale<T>(T.One / right), inputs[0]);
        }

        if (SettingOf(inputs[0], node) is T left)
        {
            OnnxValue<T> inverse = OfEach(node, new Reciprocal<T>(), inputs[1]);
            return left == T.One ? inverse : OfEach(node, new Scale<T>(left), inverse);
        }

        return OfBoth(node, new DivideGate<T>(), Operand(inputs[0], node), Operand(inputs[1], node));
    }

    private OnnxValue<T> Raise(OnnxNode node)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2);
        return SettingOf(inputs[1], node) is T exponent
            ? OfEach(node, new Power<T>(exponent), inputs[0])
            : throw OnnxArguments.Unsupported(node, "an exponent that is not one constant number is not supported", _name);
    }

    // The greatest or smallest of any number of values.
    private OnnxValue<T> Extreme(OnnxNode node, BinaryElementwiseGate<T> ofTwo)
    {
        OnnxValue<T>[] operands = [.. InputsOf(node, 1, int.MaxValue).Select(input => Operand(input, node))];
        return ofTwo is MaxGate<T> && operands.Length > 2
            ? Alike(node, operands) with { Node = Apply(node, new MaxoutGate<T>(), [.. operands.Select(operand => operand.Node)]) }
            : operands.Aggregate((x, y) => OfBoth(node, ofTwo, x, y));
    }

    // A row is added to each row of the other.
    private OnnxValue<T> Sum(OnnxNode node, OnnxValue<T> x, OnnxValue<T> y)
    {
        if (IsRow(x) == IsRow(y))
        {
            return OfBoth(node, new AddGate<T>(), x, y);
        }

        (OnnxValue<T> rows, OnnxValue<T> row) = IsRow(x) ? (y, x) : (x, y);
        OnnxValue<T> vectors = Vectors(node, rows);
        ThrowIfUnlike(node, vectors, vectors.Axes[0], row.Axes[0], row);
        return vectors with { Node = Apply(node, new AddRowGate<T>(), vectors.Node, row.Node), Axes = [vectors.Axes[0] ?? row.Axes[0]] };
    }

    private OnnxValue<T> OfBoth(OnnxNode node, BinaryElementwiseGate<T> gate, OnnxValue<T> x, OnnxValue<T> y) =>
        Alike(node, [x, y]) with { Node = Apply(node, gate, x.Node, y.Node) };

    private static bool IsRow(OnnxValue<T> value) => value is { Rows: 1, Axes.Length: 1 };

    // Values of one shape, as far as it is known; the gate checks the rest when data flows. Gives the first, with what the others know of its axes.
    private OnnxValue<T> Alike(OnnxNode node, OnnxValue<T>[] values)
    {
        OnnxValue<T> first = values[0];
        foreach (OnnxValue<T> other in values.Skip(1))
        {
            if (other.Axes.Length != first.Axes.Length || other.IsTurned != first.IsTurned || (IsRow(other) != IsRow(first)))
            {
                throw Broadcast(node, first, other);
            }

            for (int axis = 0; axis < first.Axes.Length; axis++)
            {
                ThrowIfUnlike(node, first, first.Axes[axis], other.Axes[axis], other);
            }

            first = first with { Axes = [.. first.Axes.Zip(other.Axes, (one, two) => one ?? two)] };
        }

        return first;
    }

    private void ThrowIfUnlike(OnnxNode node, OnnxValue<T> first, long? length, long? other, OnnxValue<T> second)
    {
        if (length is long known && other is long expected && known != expected)
        {
            throw Broadcast(node, first, second);
        }
    }

    private NotSupportedException Broadcast(OnnxNode node, OnnxValue<T> first, OnnxValue<T> second) => OnnxArguments.Unsupported(
        node, $"values of {first.Shape} and {second.Shape} are not supported, only those of one shape, a number, or a row that is added or subtracted", _name);
}
