using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>What each layer becomes.</content>
internal sealed partial class OnnxExport<T>
{
    private const long ToEnd = long.MaxValue;

    // The nodes of a layer; gives the name of its output.
    private string Write(Layer<T> layer, string path, string x, SampleShape? shape) => layer switch
    {
        Sequential<T> chain => WriteChain(chain, path, x, shape),
        Residual<T> residual => WriteResidual(residual, path, x, shape),
        Concatenate<T> side => Add("Concat", path, [.. side.Children.Select(child => WriteChild(child, path, x, shape))], OnnxAttribute.Of("axis", 1)),
        GraphLayer<T> graph => WriteGraph(graph, path, x),
        Linear<T> linear => WriteLinear(linear, path, x),
        Embedding<T> embedding => WriteEmbedding(embedding, path, x),
        BatchNorm<T> norm => WriteBatchNorm(norm, path, x, shape),
        LayerNorm<T> norm => WriteLayerNorm(norm, path, x),
        Convolution<T> convolution => WriteConvolution(convolution, path, x),
        TransposedConvolution<T> convolution => WriteConvolution(convolution, path, x),
        MaxPool<T> pool => WriteMaxPool(pool, path, x),
        AveragePool<T> pool => WriteAveragePool(pool, path, x),
        GlobalMaxPool<T> pool => WriteGlobalPool(pool, path, x, "GlobalMaxPool"),
        GlobalAveragePool<T> pool => WriteGlobalPool(pool, path, x, "GlobalAveragePool"),
        FeatureScaling<T> scaling => WriteScaling(scaling, path, x),
        PReLU<T> rectifier => WritePReLU(rectifier, path, x),
        Dropout<T> dropout => Add("Dropout", path, [x, Constant(path, T.CreateChecked(dropout.Probability))]),
        Flatten<T> => Add("Flatten", path, [x], OnnxAttribute.Of("axis", 1)),
        SwapAxes<T> swap => WriteSwap(swap, path, x),
        Reshape<T> reshape => WriteReshape(reshape.Shape, path, x),
        Softmax<T> => Add("Softmax", path, [x], OnnxAttribute.Of("axis", 1)),
        LogSoftmax<T> => Add("LogSoftmax", path, [x], OnnxAttribute.Of("axis", 1)),
        Maxout<T> maxout => Add("ReduceMax", path, [Reshape(path, x, 0, maxout.Pieces, -1)], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 0)),
        SliceGate<T> slice => WriteSlice(slice, path, x),
        TransposeGate<T> => WithoutBatch(Add("Transpose", path, [x], OnnxAttribute.Of("perm", [1L, 0L]))),
        SumGate<T> => WithoutBatch(Add("ReduceSum", path, [x], OnnxAttribute.Of("keepdims", 1))),
        MeanGate<T> => WithoutBatch(Add("ReduceMean", path, [x], OnnxAttribute.Of("keepdims", 1))),
        SumOfSquaresGate<T> => WithoutBatch(Add("ReduceSumSquare", path, [x], OnnxAttribute.Of("keepdims", 1))),
        Function<T> function => WriteFunction(function, path, x),
        _ => throw Refusal(layer, path),
    };

    private static NotSupportedException Refusal(Gate<T> gate, string path) => new(
        $"{(path.Length == 0 ? "The network" : $"Layer '{path}'")}, {gate}, cannot be written as ONNX: layers of one's own cannot be, nor recurrent layers, attention, NeuralTuringMachine, " +
        "GroupNorm, ChannelDropout, Upsample and PerPosition. Compose it of others, in a Sequential or as a GraphLayer, or leave it out of what is written.");

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private string WriteChild(NamedGate<T> child, string path, string x, SampleShape? shape) => Write((Layer<T>)child.Gate, Join(path, child.Name), x, shape);

    private string WriteChain(Sequential<T> chain, string path, string x, SampleShape? shape)
    {
        foreach (NamedGate<T> child in chain.Children)
        {
            x = WriteChild(child, path, x, shape);
            shape = ((Layer<T>)child.Gate).OutputShape(shape);
        }

        return x;
    }

    private string WriteResidual(Residual<T> residual, string path, string x, SampleShape? shape)
    {
        string through = WriteChild(residual.Children[0], path, x, shape);
        return Add("Add", path, [through, residual.Children.Count == 1 ? x : WriteChild(residual.Children[1], path, x, shape)]);
    }

    // W is [D×M] column after column: as a tensor [M, D], which Gemm transposes.
    private string WriteLinear(Linear<T> linear, string path, string x)
    {
        string weight = Initializer(linear.Weight.Value, linear.Weight.Value.ColumnCount, linear.Weight.Value.RowCount);
        string[] inputs = linear.Bias is null ? [x, weight] : [x, weight, Initializer(linear.Bias.Value, linear.Bias.Value.ColumnCount)];
        return Add("Gemm", path, inputs, OnnxAttribute.Of("transB", 1));
    }

    // [batch, words] → [batch, words, dimension] → [batch, dimension, words].
    private string WriteEmbedding(Embedding<T> embedding, string path, string x)
    {
        string indices = Add("Cast", path, [x], OnnxAttribute.Of("to", (long)OnnxType.Int64));
        string vectors = Add("Gather", path, [RowMajorInitializer(embedding.Weight.Value), indices], DocumentedPadding(embedding), OnnxAttribute.Of("axis", 0));
        return Reshape(path, Add("Transpose", path, [vectors], OnnxAttribute.Of("perm", [0L, 2L, 1L])), 0, -1);
    }

    private static string DocumentedPadding(Embedding<T> embedding) =>
        embedding.PaddingIndex is int padding ? OnnxSettings.Text("paddingIndex", padding) : "";

    private string WriteBatchNorm(BatchNorm<T> norm, string path, string x, SampleShape? shape)
    {
        long channels = norm.Weight.Value.ColumnCount;
        OnnxSettings settings = new OnnxSettings().With("epsilon", norm.Epsilon).With("momentum", (double)(1 - (decimal)norm.Momentum));
        bool isVector = shape is { Rank: 0 };
        string y = Add(
            "BatchNormalization", path,
            [
                isVector ? x : Reshape(path, x, 0, channels, -1), Initializer(norm.Weight.Value, channels), Initializer(norm.Bias.Value, channels),
                Initializer(norm.RunningMean, channels), Initializer(norm.RunningVariance, channels),
            ],
            settings.Documentation, settings.Attributes);
        return isVector ? y : Reshape(path, y, 0, -1);
    }

    // Without γ there is a constant of ones, since the operator wants one.
    private string WriteLayerNorm(LayerNorm<T> norm, string path, string x)
    {
        OnnxSettings settings = new OnnxSettings().With("epsilon", norm.Epsilon);
        if (norm.PerPosition)
        {
            x = Add("Transpose", path, [Reshape(path, x, 0, norm.Features, -1)], OnnxAttribute.Of("perm", [0L, 2L, 1L]));
        }

        string[] inputs = norm is { Weight: not null, Bias: not null }
            ? [x, Initializer(norm.Weight.Value, norm.Features), Initializer(norm.Bias.Value, norm.Features)]
            : [x, Constant(path, new OnnxTensor("", ElementType, [norm.Features], BytesOf(Enumerable.Repeat(T.One, norm.Features).ToArray())))];
        string y = Add("LayerNormalization", path, inputs, settings.Documentation, [OnnxAttribute.Of("axis", -1), .. settings.Attributes]);
        return norm.PerPosition ? Reshape(path, Add("Transpose", path, [y], OnnxAttribute.Of("perm", [0L, 2L, 1L])), 0, -1) : y;
    }

    private string WriteScaling(FeatureScaling<T> scaling, string path, string x) => Add(
        "Div", path, [Add("Sub", path, [x, Initializer(scaling.Shift, scaling.Shift.ColumnCount)]), Initializer(scaling.Scale, scaling.Scale.ColumnCount)]);

    private string WritePReLU(PReLU<T> rectifier, string path, string x)
    {
        long channels = rectifier.Weight.Value.ColumnCount;
        return channels == 1
            ? Add("PRelu", path, [x, Initializer(rectifier.Weight.Value, 1)])
            : Reshape(path, Add("PRelu", path, [Reshape(path, x, 0, channels, -1), Initializer(rectifier.Weight.Value, channels, 1)]), 0, -1);
    }

    private string WriteReshape(SampleShape shape, string path, string x)
    {
        string y = Reshape(path, x, [0, shape.Channels, .. shape.Lengths.Select(length => (long)length)]);
        return shape.Rank == 0 ? y : Reshape(path, y, 0, -1);
    }

    private string WriteSwap(SwapAxes<T> swap, string path, string x) =>
        Reshape(path, Add("Transpose", path, [Reshape(path, x, 0, swap.Channels, -1)], OnnxAttribute.Of("perm", [0L, 2L, 1L])), 0, -1);

    private string WriteSlice(SliceGate<T> slice, string path, string x)
    {
        bool allRows = slice.Rows.Equals(Range.All);
        if (!allRows)
        {
            _hasBatch = false;
        }

        Range[] ranges = allRows ? [slice.Columns] : [slice.Rows, slice.Columns];
        return Add(
            "Slice", path,
            [
                x,
                Constant(path, OnnxTensor.OfIntegers([.. ranges.Select(range => Bound(range.Start))])),
                Constant(path, OnnxTensor.OfIntegers([.. ranges.Select(range => Bound(range.End))])),
                Constant(path, OnnxTensor.OfIntegers(allRows ? [1] : [0, 1])),
            ]);
    }

    // ^0 is the end, which −0 would not say.
    private static long Bound(Index index) => !index.IsFromEnd ? index.Value : index.Value == 0 ? ToEnd : -index.Value;

    private string WithoutBatch(string value)
    {
        _hasBatch = false;
        return value;
    }
}
