using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Layers.Memory;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

/// <summary>Every layer that is not in the core, and a few networks, in the settings that matter. A new layer is tested by adding a line here;
/// see <see cref="GateEntry{T}"/> for what an entry can say.</summary>
internal static class LayerCatalogue
{
    private const int Inputs = 7;

    /// <summary>The entries, the same each time: layers made from the same seeds, in either precision.</summary>
    public static IEnumerable<GateEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return new("linear", new Linear<T>(Inputs, 5, new Random(1)));
        yield return new("linear without bias", new Linear<T>(Inputs, 5, new Random(1), bias: false));
        yield return new("linear with one output", new Linear<T>(Inputs, 1, new Random(1), new Normal(1)));
        yield return new("layer of one's own", new Affine<T>(Inputs, 5, new Random(1)));
        yield return new("maxout of two pieces", new Sequential<T>(new Linear<T>(Inputs, 6, new Random(1)), new Maxout<T>()));
        yield return new("flatten", new Flatten<T>());
        yield return new("reshape", new Reshape<T>(SampleShape.Image(7, 1, 1)));
        yield return new("flatten of an image", new Flatten<T>()) { Sample = SampleShape.Image(2, 3, 2) };
        yield return new("swap axes", new SwapAxes<T>(3)) { Sample = SampleShape.Image(3, 2, 2) };
        yield return new("feature scaling", new FeatureScaling<T>(
            Matrix<T>.Build.Dense(1, Inputs, (_, j) => T.CreateChecked(j - 3) / T.CreateChecked(2)),
            Matrix<T>.Build.Dense(1, Inputs, (_, j) => T.CreateChecked(j + 1) / T.CreateChecked(4))));
        yield return new("PReLU", new PReLU<T>());
        yield return new("PReLU of channels", new PReLU<T>(3, -0.5)) { Sample = SampleShape.Sequence(3, 4) };
        yield return new("dropout", new Dropout<T>(0.4, new Philox(5))) { IsSameInEvaluation = false };
        yield return new("batch norm of features", Varied(new BatchNorm<T>(5))) { Shapes = n => [(n + 2, 5)], IsSameInEvaluation = false };
        yield return new("batch norm of channels", Varied(new BatchNorm<T>(3, 0.1, 0.5)))
        {
            Sample = SampleShape.Image(3, 2, 4),
            IsSameInEvaluation = false,
            TakesNoRows = false,
        };
        yield return new("layer norm", Varied(new LayerNorm<T>(Inputs)));
        yield return new("layer norm without affine", new LayerNorm<T>(Inputs, 0.1, affine: false));
        yield return new("layer norm per position", Varied(new LayerNorm<T>(3, perPosition: true))) { Sample = SampleShape.Sequence(3, 4) };
        yield return new("convolution", new Convolution<T>(SampleShape.Image(2, 4, 5), 3, 3, new Random(1), padding: 1));
        yield return new("convolution with all settings", new Convolution<T>(
            SampleShape.Image(4, 5, 6), 2, (2, 3), new Random(1), new Extent(2, 1), (1, 2), new Extent(1, 2), groups: 2));
        yield return new("convolution whose stride is larger than its kernel", new Convolution<T>(SampleShape.Image(1, 6, 7), 2, 2, new Random(1), stride: 3));
        yield return new("convolution whose padding is as large as its kernel", new Convolution<T>(SampleShape.Image(2, 2, 3), 1, 2, new Random(1), padding: (2, 3)));
        yield return new("convolution, depthwise, without bias", new Convolution<T>(SampleShape.Image(3, 4, 4), 3, 3, new Random(1), padding: 1, groups: 3, bias: false));
        yield return new("convolution of one position", new Convolution<T>(SampleShape.Image(3, 1, 1), 2, 1, new Random(1)));
        yield return new("convolution that is a product", new Convolution<T>(SampleShape.Image(3, 2, 3), 4, 1, new Random(1)));
        yield return new("convolution of sequences", new Convolution<T>(SampleShape.Sequence(2, 7), 3, 3, new Random(1), stride: 2, padding: 2, dilation: 2));
        yield return new("convolution of sequences of one step", new Convolution<T>(SampleShape.Sequence(3, 1), 2, 1, new Random(1), padding: 1));
        yield return new("transposed convolution", new TransposedConvolution<T>(SampleShape.Image(2, 3, 2), 3, 3, new Random(1), stride: 2, padding: 1, outputPadding: 1));
        yield return new("transposed convolution with groups", new TransposedConvolution<T>(
            SampleShape.Image(4, 2, 3), 2, (1, 2), new Random(1), new Extent(1, 3), dilation: new Extent(1, 2), groups: 2, bias: false));
        yield return new("transposed convolution of sequences", new TransposedConvolution<T>(SampleShape.Sequence(2, 4), 3, 2, new Random(1), stride: 3));
        yield return new("max pool", new MaxPool<T>(SampleShape.Image(2, 4, 5), 2));
        yield return new("max pool that overlaps", new MaxPool<T>(SampleShape.Image(2, 4, 5), (3, 2), new Extent(2, 1), 1));
        yield return new("max pool of sequences", new MaxPool<T>(SampleShape.Sequence(3, 7), 2, stride: 3));
        yield return new("average pool", new AveragePool<T>(SampleShape.Image(2, 4, 6), 2));
        yield return new("average pool without the padding", new AveragePool<T>(SampleShape.Image(2, 5, 4), 3, 2, 1, countsPadding: false));
        yield return new("global average pool", new GlobalAveragePool<T>(SampleShape.Image(3, 3, 2)));
        yield return new("global max pool", new GlobalMaxPool<T>(SampleShape.Sequence(3, 5)));
        yield return new("upsample", new Upsample<T>(SampleShape.Image(2, 2, 3), (2, 3)));
        yield return new("channel dropout", new ChannelDropout<T>(3, 0.4, new Philox(5))) { Sample = SampleShape.Image(3, 2, 2), IsSameInEvaluation = false };
        yield return new("group norm", Varied(new GroupNorm<T>(2, 4))) { Sample = SampleShape.Image(4, 2, 3) };
        yield return new("convolutional network", Sequential<T>.From(
            SampleShape.Image(1, 6, 6),
            shape => new Convolution<T>(shape, 3, 3, new Random(1), padding: 1), _ => new Tanh<T>(), shape => new MaxPool<T>(shape, 2), _ => new Flatten<T>(),
            shape => ("classes", new Linear<T>(shape.Size, 3, new Random(2)))));
        yield return new("embedding", new Embedding<T>(11, 3, new Random(1))) { Sample = 4, Words = 11 };
        // Its padding does not come: the gradient that it is denied is one all the same.
        yield return new("embedding with padding", new Embedding<T>(6, 2, new Random(1), paddingIndex: 5)) { Sample = 4, Words = 5 };
        foreach (GateEntry<T> entry in Recurrent<T>())
        {
            yield return entry;
        }

        foreach (GateEntry<T> entry in AttentionCatalogue.All<T>())
        {
            yield return entry;
        }

        yield return new("neural Turing machine", new NeuralTuringMachine<T>(2, 3, 5, 4, 3, new Random(1))) { Sample = SampleShape.Sequence(2, 4) };
        yield return new("neural Turing machine of several heads", new NeuralTuringMachine<T>(3, 1, 4, 7, 2, new Random(1), readHeads: 2, writeHeads: 2, shifts: 5)) { Sample = SampleShape.Sequence(3, 3) };
        yield return new("neural Turing machine of one location", new NeuralTuringMachine<T>(2, 2, 3, 1, 1, new Random(1))) { Sample = 2 };
        yield return new("residual", new Residual<T>(new Sequential<T>(new Linear<T>(Inputs, Inputs, new Random(1)), new Tanh<T>())));
        yield return new("residual with a shortcut", new Residual<T>(new Linear<T>(Inputs, 5, new Random(1)), new Linear<T>(Inputs, 5, new Random(2), bias: false)));
        yield return new("concatenate", new Concatenate<T>(("affine", new Linear<T>(Inputs, 3, new Random(1))), new Tanh<T>(), new Flatten<T>()));
        yield return new("network of words and their signs", new Sequential<T>(
            new Concatenate<T>(
                new Sequential<T>(new SliceGate<T>(.., ..2), new Embedding<T>(6, 3, new Random(1))),
                new Sequential<T>(new SliceGate<T>(.., 2..4), new Embedding<T>(6, 2, new Random(2)))),
            new Flatten<T>(), new Linear<T>(10, 3, new Random(3))))
        { Sample = 4, Words = 6 };
        yield return new("network of normalised layers", new Sequential<T>(
            new Linear<T>(Inputs, 6, new Random(1)), new LayerNorm<T>(6), new PReLU<T>(6), new Dropout<T>(0.25, new Philox(2)), new Linear<T>(6, 3, new Random(3))))
        { IsSameInEvaluation = false };
        yield return new("two-layer network", new Sequential<T>(
            new Linear<T>(Inputs, 6, new Random(1)), new Sigmoid<T>(), new Linear<T>(6, 3, new Random(2))));
        yield return new("three-layer network", new Sequential<T>(
            new Linear<T>(Inputs, 6, new Random(1), new HeNormal()), new ReLU<T>(),
            new Linear<T>(6, 5, new Random(2), new HeUniform()), new ReLU<T>(),
            new Linear<T>(5, 3, new Random(3))));
        yield return new("nested network", new Sequential<T>(
            new Sequential<T>(new Linear<T>(Inputs, 6, new Random(1)), new Sigmoid<T>()),
            new Sequential<T>(new Linear<T>(6, 4, new Random(2)), new Sigmoid<T>())));
        yield return new("network that starts with an activation", new Sequential<T>(
            new Sigmoid<T>(), new Linear<T>(Inputs, 4, new Random(1))));
        var twice = new Linear<T>(Inputs, Inputs, new Random(1));
        var sigmoid = new Sigmoid<T>();
        yield return new("network with a layer that stands twice", new Sequential<T>(twice, sigmoid, twice, sigmoid));
    }

    private static IEnumerable<GateEntry<T>> Recurrent<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return new("RNN", Biased(new RNN<T>(3, 4, new Random(1)))) { Sample = SampleShape.Sequence(3, 5) };
        yield return new("RNN of one step", Biased(new RNN<T>(2, 17, new Random(1)))) { Sample = 2 };
        yield return new("RNN of two layers in both directions", Biased(new RNN<T>(2, 3, new Random(1), layers: 2, bidirectional: true))) { Sample = SampleShape.Sequence(2, 3) };
        yield return new("GRU", Biased(new GRU<T>(3, 4, new Random(1)))) { Sample = SampleShape.Sequence(3, 4) };
        yield return new("GRU without bias in both directions", new GRU<T>(1, 5, new Random(1), bidirectional: true, bias: false)) { Sample = SampleShape.Sequence(1, 3) };
        yield return new("GRU of two layers at the last step", Biased(new GRU<T>(2, 3, new Random(1), layers: 2, lastStep: true))) { Sample = SampleShape.Sequence(2, 3) };
        yield return new("LSTM", Biased(new LSTM<T>(3, 4, new Random(1)))) { Sample = SampleShape.Sequence(3, 4) };
        yield return new("LSTM of one entry", Biased(new LSTM<T>(1, 1, new Random(1)))) { Sample = SampleShape.Sequence(1, 2) };
        yield return new("LSTM of two layers in both directions at the last step", Biased(
            new LSTM<T>(2, 3, new Random(1), layers: 2, bidirectional: true, lastStep: true, initializer: new Normal(0.5), recurrentInitializer: new Orthogonal())))
        { Sample = SampleShape.Sequence(2, 3) };
        yield return new("recurrent with a state", new RecurrentGate<T>(
            Biased(new LSTM<T>(2, 3, new Random(1), bidirectional: true)), lengths: false, initialState: true))
        { Shapes = n => [(n, 2 * 3), (n, 2 * 2 * 3)] };
        yield return new("recurrent network", new Sequential<T>(
            new GRU<T>(2, 3, new Random(1)), new Dropout<T>(0.25, new Philox(2)), new LSTM<T>(3, 3, new Random(2), lastStep: true), new Linear<T>(3, 2, new Random(3))))
        { Sample = SampleShape.Sequence(2, 3), IsSameInEvaluation = false };
    }

    // Biases that are not zeros, and do not drive the gates to their ends.
    private static RecurrentLayer<T> Biased<T>(RecurrentLayer<T> layer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(4);
        foreach (NamedParameter<T> named in layer.Parameters.Where(named => !named.Parameter.IsRegularized))
        {
            Some.Numbers(named.Parameter.Value.AsSpan(), random);
        }

        return layer;
    }

    // Parameters and states that are not those of the start, so that each has its say.
    private static Layer<T> Varied<T>(Layer<T> layer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(4);
        foreach (Matrix<T> values in layer.Parameters.Select(named => named.Parameter.Value).Concat(layer.States.Select(state => state.Value)))
        {
            foreach (ref T value in values.AsSpan())
            {
                value = T.CreateChecked(0.5 + random.NextDouble());
            }
        }

        return layer;
    }
}
