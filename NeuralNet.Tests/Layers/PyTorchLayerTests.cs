using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;

namespace NeuralNet.Tests.Layers;

/// <summary>Layers against PyTorch 1.13 in double precision: outputs, gradients by input and parameters, running statistics. The figures are those of
/// <c>layers.py</c> and
/// <c>convolutions.py</c> of the folder <c>Reference</c>.</summary>
internal sealed class PyTorchLayerTests
{
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, Func<Layer<double>>> Layers = new()
    {
        ["ReLU"] = () => new ReLU<double>(),
        ["LeakyReLU"] = () => new LeakyReLU<double>(),
        ["ELU"] = () => new ELU<double>(),
        ["Sigmoid"] = () => new Sigmoid<double>(),
        ["Tanh"] = () => new Tanh<double>(),
        ["Softplus"] = () => new Softplus<double>(),
        ["SiLU"] = () => new SiLU<double>(),
        ["GELU"] = () => new GELU<double>(),
        ["GELU(tanh)"] = () => new GELU<double>(tanh: true),
        ["Softmax"] = () => new Softmax<double>(),
        ["LogSoftmax"] = () => new LogSoftmax<double>(),
        ["Linear"] = () => new Linear<double>(7, 3, new Random(1)),
        ["PReLU"] = () => new PReLU<double>(),
        ["PReLU of channels"] = () => new PReLU<double>(3),
        ["BatchNorm of features"] = () => new BatchNorm<double>(4, 1e-3, momentum: 0.3),
        ["BatchNorm of channels"] = () => new BatchNorm<double>(3),
        ["BatchNorm of two values"] = () => new BatchNorm<double>(3),
        ["LayerNorm"] = () => new LayerNorm<double>(7, 1e-3),
        ["LayerNorm without affine"] = () => new LayerNorm<double>(7, affine: false),
        ["LayerNorm per position"] = () => new LayerNorm<double>(3, perPosition: true),
        ["Embedding"] = () => new Embedding<double>(10, 3, new Random(1)),
        ["Embedding with padding"] = () => new Embedding<double>(10, 3, new Random(1), paddingIndex: 3),
        ["Residual"] = () => new Residual<double>(new Linear<double>(7, 7, new Random(1))),
        ["Residual with a shortcut"] = () => new Residual<double>(new Linear<double>(7, 3, new Random(1)), new Linear<double>(7, 3, new Random(2), bias: false)),
        ["attention"] = () => new MultiHeadAttention<double>(6, 2, new Random(1)),
        ["attention of one head without bias"] = () => new MultiHeadAttention<double>(6, 1, new Random(1), bias: false),
        ["causal attention"] = () => new MultiHeadAttention<double>(6, 3, new Random(1), causal: true),
        ["causal attention of a long sequence"] = () => new MultiHeadAttention<double>(8, 2, new Random(1), causal: true),
        ["attention of one step"] = () => new MultiHeadAttention<double>(6, 2, new Random(1)),
        ["padded attention"] = () => new MultiHeadAttention<double>(6, 2, new Random(1)),
        ["padded causal attention"] = () => new MultiHeadAttention<double>(6, 2, new Random(1), causal: true),
        ["block"] = () => new TransformerBlock<double>(6, 2, new Philox(1), 10),
        ["causal block"] = () => new TransformerBlock<double>(6, 2, new Philox(1), 10, causal: true),
        ["block with the norm last"] = () => new TransformerBlock<double>(6, 2, new Philox(1), 10, normFirst: false),
        ["padded block"] = () => new TransformerBlock<double>(6, 2, new Philox(1), 10),
        ["Concatenate"] = () => new Concatenate<double>(new Linear<double>(7, 3, new Random(1)), new Tanh<double>()),
        ["Convolution"] = () => new Convolution<double>(SampleShape.Image(3, 5, 6), 5, 3, new Random(1), padding: 1),
        ["Convolution with all settings"] = () => new Convolution<double>(
            SampleShape.Image(4, 9, 11), 6, (2, 3), new Random(1), new Extent(2, 3), (1, 2), new Extent(3, 2), groups: 2),
        ["Convolution without bias"] = () => new Convolution<double>(SampleShape.Image(3, 4, 3), 2, (3, 1), new Random(1), stride: 2, bias: false),
        ["Convolution of one position"] = () => new Convolution<double>(SampleShape.Image(5, 4, 3), 7, 1, new Random(1)),
        ["Convolution, depthwise"] = () => new Convolution<double>(SampleShape.Image(3, 3, 4), 3, 3, new Random(1), padding: 1, groups: 3),
        ["Convolution of sequences"] = () => new Convolution<double>(SampleShape.Sequence(3, 10), 4, 4, new Random(1), stride: 2, padding: 3, dilation: 2),
        ["Convolution of one step"] = () => new Convolution<double>(SampleShape.Sequence(3, 1), 4, 1, new Random(1)),
        ["TransposedConvolution"] = () => new TransposedConvolution<double>(SampleShape.Image(3, 4, 5), 4, 3, new Random(1), stride: 2, padding: 1, outputPadding: 1),
        ["TransposedConvolution with all settings"] = () => new TransposedConvolution<double>(
            SampleShape.Image(4, 3, 4), 6, (2, 3), new Random(1), new Extent(3, 2), (1, 2), (2, 0), new Extent(2, 3), groups: 2),
        ["TransposedConvolution of sequences"] = () => new TransposedConvolution<double>(SampleShape.Sequence(3, 5), 2, 4, new Random(1), stride: 3),
        ["MaxPool"] = () => new MaxPool<double>(SampleShape.Image(4, 7, 6), 2),
        ["MaxPool that overlaps"] = () => new MaxPool<double>(SampleShape.Image(2, 4, 3), (3, 2), new Extent(2, 1), 1),
        ["MaxPool of sequences"] = () => new MaxPool<double>(SampleShape.Sequence(4, 9), 3, stride: 2),
        ["AveragePool"] = () => new AveragePool<double>(SampleShape.Image(4, 6, 7), 2),
        ["AveragePool with padding"] = () => new AveragePool<double>(SampleShape.Image(2, 6, 5), 3, 2, 1),
        ["AveragePool without the padding"] = () => new AveragePool<double>(SampleShape.Image(2, 6, 5), 3, 2, 1, countsPadding: false),
        ["AveragePool of sequences"] = () => new AveragePool<double>(SampleShape.Sequence(2, 11), 4, stride: 3),
        ["GlobalAveragePool"] = () => new GlobalAveragePool<double>(SampleShape.Image(4, 3, 5)),
        ["GlobalMaxPool"] = () => new GlobalMaxPool<double>(SampleShape.Sequence(4, 7)),
        ["Upsample"] = () => new Upsample<double>(SampleShape.Image(2, 3, 4), (2, 3)),
        ["GroupNorm"] = () => new GroupNorm<double>(2, 6, 1e-3),
    };

    private static IEnumerable<PyTorchCase> Cases => PyTorchCase.All;

    [Test]
    public void Cases_OfTheFile_AreOfEachLayer() => Cases.Select(item => item.Name).Distinct().ShouldBe(Layers.Keys, ignoreOrder: true);

    [TestCaseSource(nameof(Cases))]
    public void ForwardAndBackward_OneBatch_GivesWhatPyTorchGives(PyTorchCase expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        Layer<double> layer = Layers[expected.Name]();
        Dictionary<string, Matrix<double>> values = expected.Values, own = layer.States.ToDictionary(state => state.Name, state => state.Value);
        foreach (NamedParameter<double> named in layer.Parameters)
        {
            own.Add(named.Name, named.Parameter.Value);
        }

        foreach ((string name, Matrix<double> value) in own)
        {
            values[$"before {name}"].CopyTo(value);
        }

        var cache = new Cache<double>(expected.IsTraining, keeps: true);
        bool isPadded = values.ContainsKey("presence");
        Gate<double> gate = isPadded ? new Masked<double>((SequenceLayer<double>)layer) : layer;
        Matrix<double>[] inputs = isPadded ? [values["input"], values["presence"]] : [values["input"]];
        ShouldAgree(gate.Forward(inputs, cache), values["output"], "output");
        Matrix<double> downstream = gate.Backward(values["upstream"], Wanted.All, cache)[0]!;
        ShouldAgree(downstream, values.GetValueOrDefault("downstream", Matrix<double>.Build.Dense(downstream.RowCount, downstream.ColumnCount)), "downstream");
        foreach (NamedParameter<double> named in layer.Parameters)
        {
            ShouldAgree(named.Parameter.Gradient, values[$"gradient {named.Name}"], $"gradient by {named.Name}");
        }

        foreach (NamedState<double> state in layer.States)
        {
            ShouldAgree(state.Value, values[$"after {state.Name}"], state.Name);
        }
    }

    private static void ShouldAgree(Matrix<double> actual, Matrix<double> expected, string what)
    {
        (actual.RowCount, actual.ColumnCount).ShouldBe((expected.RowCount, expected.ColumnCount), what);
        double scale = Math.Max(1, expected.Enumerate().Max(Math.Abs));
        foreach ((int row, int column, double value) in expected.EnumerateIndexed())
        {
            actual[row, column].ShouldBe(value, Tolerance * Math.Max(Math.Abs(value), 1e-2 * scale), $"{what} at [{row}, {column}]");
        }
    }
}
