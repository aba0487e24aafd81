using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>Operators with weights.</content>
internal sealed partial class OnnxImport<T>
{
    // Rows of a table, [batch, words] → [batch, words, dimension]: the layer gives the dimensions as channels.
    private OnnxValue<T> Gather(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 2);
        arguments.Only("axis", 0);
        OnnxTensor table = TensorOf(node, 0, "a table");
        if (table.Dimensions.Length != 2 || inputs[1] is not { Tensor: null, Axes.Length: 1 })
        {
            throw OnnxArguments.Unsupported(node, $"taking rows of {inputs[0].Shape} by {inputs[1].Shape} is not supported, only rows of a matrix by [batch, words] are", _name);
        }

        int? padding = OnnxSettings.Find(node, "paddingIndex") is double index and >= 0 and <= int.MaxValue ? (int)index : null;
        Layer<T> embedding = Shared(node, () => new Embedding<T>(MatrixOf(table, node), padding));
        return inputs[1] with { Node = Apply(node, embedding, inputs[1].Node), Axes = [inputs[1].Axes[0], table.Dimensions[1]], IsTurned = true, IsIndex = false };
    }

    private OnnxValue<T> Normalize(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = Straight(Computed(node, 0, InputsOf(node, 5)[0]));
        arguments.Only("training_mode", 0);
        (double epsilon, double momentum) = (arguments.Number("epsilon", 1e-5f), 1 - arguments.Number("momentum", 0.9f));
        OnnxTensor[] tensors = [TensorOf(node, 1, "a scale"), TensorOf(node, 2, "a shift"), TensorOf(node, 3, "a mean"), TensorOf(node, 4, "a variance")];
        int channels = VectorLength(node, tensors);
        ThrowIfOther(node, x.Axes[0], channels, "channels");
        Layer<T> layer = Shared(node, () =>
        {
            var norm = new BatchNorm<T>(channels, epsilon, Math.Round(momentum, 15));
            Fill(norm.Weight.Value, tensors[0], node);
            Fill(norm.Bias.Value, tensors[1], node);
            Fill(norm.RunningMean, tensors[2], node);
            Fill(norm.RunningVariance, tensors[3], node);
            return norm;
        });
        return x with { Node = Apply(node, layer, x.Node), Axes = [channels, .. x.Axes[1..]] };
    }

    // Over all that a sample has, or over the channels of each position, which are the last axis of a value that is turned.
    private OnnxValue<T> NormalizeLayer(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = Computed(node, 0, InputsOf(node, 2, 3)[0]);
        arguments.Only("stash_type", 1);
        double epsilon = arguments.Number("epsilon", 1e-5f);
        long axis = arguments.Integer("axis", -1);
        axis = axis < 0 ? axis + x.Axes.Length + 1 : axis;
        OnnxTensor scale = TensorOf(node, 1, "a scale");
        OnnxTensor? shift = OptionalTensorOf(node, 2, "a shift");
        bool isPerPosition = x is { IsTurned: true, Axes.Length: 2 } && axis == 2;
        if (!isPerPosition && (axis != 1 || x.IsTurned))
        {
            throw OnnxArguments.Unsupported(node, $"normalising {x.Shape} from axis {axis} on is not supported, only whole samples and the last axis of [batch, positions, channels] are", _name);
        }

        int features = Length(scale);
        ThrowIfOther(node, isPerPosition ? x.Axes[1] : x.Columns, features, "values");
        bool isAffine = shift is not null || scale.Name.Length > 0 || NumbersOf(scale, node).Any(number => number != T.One);
        Layer<T> layer = Shared(node, () =>
        {
            var norm = new LayerNorm<T>(features, epsilon, isAffine, isPerPosition);
            if (isAffine)
            {
                Fill(norm.Weight!.Value, scale, node);
                if (shift is not null)
                {
                    Fill(norm.Bias!.Value, shift, node);
                }
            }

            return norm;
        });
        return x with { Node = Apply(node, layer, x.Node) };
    }

    private OnnxValue<T> ScaleFeatures(OnnxNode node)
    {
        OnnxValue<T> x = Vectors(node, Operand(InputsOf(node, 3)[0], node));
        OnnxTensor[] tensors = [TensorOf(node, 1, "a shift"), TensorOf(node, 2, "a scale")];
        int features = VectorLength(node, tensors);
        ThrowIfOther(node, x.Axes[0], features, "features");
        return x with { Node = Apply(node, Shared(node, () => new FeatureScaling<T>(RowOf(tensors[0], node), RowOf(tensors[1], node))), x.Node), Axes = [features] };
    }

    private OnnxValue<T> Drop(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T>[] inputs = InputsOf(node, 1, 3);
        OnnxValue<T> x = Computed(node, 0, inputs[0]);
        arguments.Integer("seed", 0);
        if (OptionalTensorOf(node, 2, "a mode") is OnnxTensor mode && (mode.Type != OnnxType.Bool || mode.Bytes.Span.ContainsAnyExcept((byte)0)))
        {
            throw OnnxArguments.Unsupported(node, "dropping as in training is not supported; export the model in evaluation", _name);
        }

        double ratio = HasInput(node, 1)
            ? Shortest(NumbersOf(TensorOf(node, 1, "a ratio"), node) is [var only] ? only : throw OnnxArguments.Unsupported(node, "a ratio of several numbers is not supported", _name))
            : 0.5;
        return x with { Node = Apply(node, new Dropout<T>(ratio, _random.Fork(_forks++)), x.Node) };
    }

    // The double that somebody wrote: of a float, the shortest decimal number.
    private static double Shortest(T number) =>
        double.Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private OnnxValue<T> RectifyParametrically(OnnxNode node)
    {
        OnnxValue<T> x = Straight(Computed(node, 0, InputsOf(node, 2)[0]));
        OnnxTensor slopes = TensorOf(node, 1, "a slope");
        int count = Length(slopes);

        // One for all, or one for each channel: the axes behind that are of length 1, as many as there are behind the channels.
        if (count != 1 && !slopes.Dimensions.SkipWhile(axis => axis == 1).SequenceEqual([count, .. Enumerable.Repeat(1L, x.Axes.Length - 1)]))
        {
            throw OnnxArguments.Unsupported(node, $"slopes of {Input(node, 1).Shape} for {x.Shape} are not supported, only one for all or one for each channel", _name);
        }

        if (count != 1)
        {
            ThrowIfOther(node, x.Axes[0], count, "channels");
        }

        Layer<T> layer = Shared(node, () =>
        {
            T[] numbers = NumbersOf(slopes, node);
            var rectifier = new PReLU<T>(count, numbers.All(number => number == numbers[0]) ? Shortest(numbers[0]) : 0.25);
            Fill(rectifier.Weight.Value, slopes, node);
            return rectifier;
        });
        return x with { Node = Apply(node, layer, x.Node) };
    }

    private void Fill(Matrix<T> values, OnnxTensor tensor, OnnxNode node) => NumbersOf(tensor, node).CopyTo(values.AsSpan());

    private static int Length(OnnxTensor tensor) => tensor.Bytes.Length / OnnxTensor.SizeOf(tensor.Type);

    // The length that some tensors of one axis share.
    private int VectorLength(OnnxNode node, OnnxTensor[] tensors) => tensors.All(tensor => tensor.Dimensions.Length == 1 && Length(tensor) == Length(tensors[0]))
        ? Length(tensors[0])
        : throw new InvalidDataException(
            $"{node} of '{_name}' has weights of {string.Join(" and ", tensors.Select(tensor => $"[{string.Join(", ", tensor.Dimensions)}]"))}; expected vectors of one length.");

    private void ThrowIfOther(OnnxNode node, long? actual, long expected, string what)
    {
        if (actual is long known && known != expected)
        {
            throw new InvalidDataException($"{node} of '{_name}' is given {known} {what}, but its weights are for {expected}.");
        }
    }
}
