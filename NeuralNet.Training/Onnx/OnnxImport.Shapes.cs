using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>Operators that move values or take them otherwise.</content>
internal sealed partial class OnnxImport<T>
{
    // The value with its axes in the order in which its columns lie.
    private OnnxValue<T> Straight(OnnxValue<T> value, OnnxNode? node = null)
    {
        if (!value.IsTurned)
        {
            return value;
        }

        var swap = new SwapAxes<T>((int)value.Axes[^1]!.Value);
        return value with { Node = node is null ? _graph.Apply(swap, value.Node) : Apply(node, swap, value.Node), IsTurned = false };
    }

    private OnnxValue<T> Flatten(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = InputsOf(node, 1)[0];
        long axis = arguments.Integer("axis", 1);
        if (x.Tensor is not null || (axis < 0 ? axis + x.Axes.Length + 1 : axis) != 1)
        {
            throw OnnxArguments.Unsupported(node, $"flattening {x.Shape} from axis {axis} on is not supported, only from the axis behind the samples on", _name);
        }

        x = Straight(x, node);
        return x with { Node = Apply(node, new Flatten<T>(), x.Node), Axes = [x.Columns] };
    }

    // Samples stay samples; what they have is taken otherwise. Where the new shape is all told, that is a layer, which checks it.
    private OnnxValue<T> Reshape(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = InputsOf(node, 2)[0];
        long[] shape = IntegersOf(node, 1, "a shape");
        bool takesZero = arguments.Integer("allowzero", 0) != 0;
        if (x.Tensor is not null || shape.Length < 2 || !IsOfSamples(x, shape) || shape.Any(length => length is < -1 or > int.MaxValue || (length == 0 && takesZero)))
        {
            throw OnnxArguments.Unsupported(node, $"taking {x.Shape} as [{string.Join(", ", shape)}] is not supported, only what leaves samples apart", _name);
        }

        x = Straight(x, node);
        long?[] axes = [.. shape.Skip(1).Select((length, i) => length > 0 ? length : length == 0 && i < x.Axes.Length ? x.Axes[i] : null)];
        int open = Array.IndexOf(shape, -1, 1) - 1;
        if (open >= 0)
        {
            axes[open] = x.Columns is long all && OnnxValue<T>.Product(axes.Where((_, i) => i != open)) is long others
                ? all % others == 0 ? all / others : throw Misfit(node, x, shape)
                : null;
            return x with { Axes = axes };
        }

        OnnxValue<T> reshaped = x with { Axes = axes };
        return reshaped.Columns is not long columns ? axes.Contains(null) ? reshaped : throw Misfit(node, x, shape)
            : x.Columns is long known && known != columns ? throw Misfit(node, x, shape)
            : axes.Length <= 3 ? reshaped with { Node = Apply(node, new Reshape<T>(ShapeOf(axes)), x.Node) }
            : throw OnnxArguments.Unsupported(node, $"samples of [{string.Join(", ", axes)}] are not supported, only vectors, sequences and images are", _name);
    }

    private InvalidDataException Misfit(OnnxNode node, OnnxValue<T> x, long[] shape) =>
        new($"{node} of '{_name}' takes {x.Shape} as [{string.Join(", ", shape)}], which has another number of values.");

    // The first axis is copied, told as it is, or left over when the others take all that a sample has.
    private static bool IsOfSamples(OnnxValue<T> x, long[] shape) => shape[0] == 0
        || (x.Rows is long rows && shape[0] == rows)
        || (shape[0] == -1 && shape.Skip(1).All(length => length > 0));

    private static SampleShape ShapeOf(long?[] axes) => axes switch
    {
        [long features] => SampleShape.Vector((int)features),
        [long channels, long length] => SampleShape.Sequence((int)channels, (int)length),
        _ => SampleShape.Image((int)axes[0]!.Value, (int)axes[1]!.Value, (int)axes[2]!.Value),
    };

    // Of a matrix a gate; of [batch, channels, positions] another order of the axes, until somebody needs it to be the order of the columns.
    private OnnxValue<T> Transpose(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = InputsOf(node, 1)[0];
        int rank = x.Tensor?.Dimensions.Length ?? x.Axes.Length + 1;
        IReadOnlyList<long> order = arguments.Integers("perm") ?? [.. Enumerable.Range(0, rank).Select(axis => (long)(rank - 1 - axis))];
        if (order is [1, 0] && rank == 2)
        {
            return Transposed(node, Operand(x, node));
        }

        if (x.Tensor is null && order is [0, 2, 1] && rank == 3 && (x.IsTurned || x.Axes[0] is not null))
        {
            return x with { Axes = [x.Axes[1], x.Axes[0]], IsTurned = !x.IsTurned };
        }

        throw OnnxArguments.Unsupported(
            node, $"exchanging the axes of {x.Shape} as [{string.Join(", ", order)}] is not supported, only those of a matrix and the last two of three", _name);
    }

    private OnnxValue<T> Slice(OnnxNode node)
    {
        OnnxValue<T> x = InputsOf(node, 3, 5)[0];
        long[] starts = IntegersOf(node, 1, "a start"), ends = IntegersOf(node, 2, "an end");
        long[] axes = HasInput(node, 3) ? IntegersOf(node, 3, "axes") : [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        if (ends.Length != starts.Length || axes.Length != starts.Length)
        {
            throw new InvalidDataException($"{node} of '{_name}' has {starts.Length} starts, {ends.Length} ends and {axes.Length} axes; expected as many of each.");
        }

        if (x.Tensor is not null || x.Axes.Length != 1 || axes.Any(axis => axis is < -2 or > 1) || (HasInput(node, 4) && IntegersOf(node, 4, "steps").Any(step => step != 1)))
        {
            throw OnnxArguments.Unsupported(node, $"this part of {x.Shape} is not supported, only rows and columns side by side of [batch, features] are", _name);
        }

        Range[] ranges = [Range.All, Range.All];
        for (int i = 0; i < axes.Length; i++)
        {
            long axis = (axes[i] + 2) % 2;
            ranges[axis] = new Range(BoundOf(starts[i], axis == 0 ? x.Rows : x.Axes[0]), BoundOf(ends[i], axis == 0 ? x.Rows : x.Axes[0]));
        }

        var slice = new SliceGate<T>(ranges[0], ranges[1]);
        bool hasAllRows = ranges[0].Equals(Range.All);
        return x with
        {
            Node = Apply(node, slice, x.Node),
            Rows = hasAllRows ? x.Rows : null,
            Axes = [slice.OutputShape(x.Axes[0] is long columns ? (int)columns : null)?.Size],
        };
    }

    // Beyond the end is the end, beyond the start the start; so far back from the end that nobody knows is refused when data flows.
    private static Index BoundOf(long bound, long? length) => bound switch
    {
        >= int.MaxValue => ^0,
        >= 0 => length is long known && bound > known ? ^0 : (Index)(int)bound,
        _ => (length is long known && -known >= bound) || bound <= -int.MaxValue ? Index.Start : ^(int)-bound,
    };

    private OnnxValue<T> Concatenate(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 1, int.MaxValue);
        bool isIndex = inputs.All(input => input is { Tensor: null, IsIndex: true });
        OnnxValue<T>[] operands = isIndex ? inputs : [.. inputs.Select(input => Operand(input, node))];
        OnnxValue<T> first = operands[0];
        long axis = arguments.Find("axis", OnnxAttributeKind.Integer)?.Integer ?? throw new InvalidDataException($"{node} of '{_name}' has no axis.");
        axis = axis < 0 ? axis + first.Axes.Length + 1 : axis;

        // The axis of channels, which the columns go through slowest; or samples one below the other.
        bool isByRows = axis == 0 && first.Axes.Length == 1, isByChannels = axis == (first.IsTurned ? 2 : 1);
        if (!isByRows && !isByChannels || operands.Any(other => other.Axes.Length != first.Axes.Length || other.IsTurned != first.IsTurned))
        {
            throw OnnxArguments.Unsupported(node, $"putting {string.Join(" and ", operands.Select(operand => operand.Shape))} together along axis {axis} is not supported", _name);
        }

        OnnxValue<T> joined = first with { Node = Apply(node, new ConcatenateGate<T>(isByRows ? Axis.Rows : Axis.Columns), [.. operands.Select(operand => operand.Node)]) };
        return isByRows ? joined with { Rows = null }
            : operands.Sum(operand => operand.Axes[axis - 1] ?? 0) > int.MaxValue ? throw OnnxArguments.Unsupported(node, $"an axis of more than {int.MaxValue} is not supported", _name)
            : joined with { Axes = [.. first.Axes.Select((length, i) => i != axis - 1 ? length : operands.Aggregate((long?)0, (sum, operand) => sum + operand.Axes[i]))] };
    }

    private OnnxValue<T> OfRows(OnnxNode node, OnnxArguments arguments, Layer<T> layer)
    {
        OnnxValue<T> x = Vectors(node, Operand(InputsOf(node, 1)[0], node));
        return arguments.Integer("axis", -1) is -1 or 1
            ? x with { Node = Apply(node, layer, x.Node) }
            : throw OnnxArguments.Unsupported(node, "the axis of the samples is not supported, only that of the features is", _name);
    }

    // The greatest of pieces, [batch, pieces, features] → [batch, features].
    private OnnxValue<T> Maximum(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = Computed(node, 0, InputsOf(node, 1, 2)[0]);
        return AxesOf(node, arguments) is [1] && arguments.Integer("keepdims", 1) == 0 && x is { IsTurned: false, Axes: [long pieces and <= int.MaxValue, var features] }
            ? x with { Node = Apply(node, new Maxout<T>((int)pieces), x.Node), Axes = [features] }
            : throw OnnxArguments.Unsupported(node, $"the greatest of {x.Shape} along these axes is not supported, only of [batch, pieces, features] along axis 1 without keeping it", _name);
    }

    // One number of a whole matrix.
    private OnnxValue<T> Reduce(OnnxNode node, OnnxArguments arguments, ReductionGate<T> gate)
    {
        OnnxValue<T> x = Vectors(node, Operand(InputsOf(node, 1, 2)[0], node));
        arguments.Only("noop_with_empty_axes", 0);
        return (AxesOf(node, arguments) is not { Count: > 0 } axes || axes.Select(axis => (axis + 2) % 2).Order().SequenceEqual([0, 1])) && arguments.Integer("keepdims", 1) == 1
            ? new OnnxValue<T> { Node = Apply(node, gate, x.Node), Rows = 1, Axes = [1] }
            : throw OnnxArguments.Unsupported(node, $"reducing {x.Shape} along some axes, or without keeping them, is not supported, only along both with keepdims", _name);
    }

    // As an attribute, or in later operator sets as an input.
    private IReadOnlyList<long>? AxesOf(OnnxNode node, OnnxArguments arguments) =>
        HasInput(node, 1) ? IntegersOf(node, 1, "axes") : arguments.Integers("axes");
}
