using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers.Attention;
using NeuralNet.Layers.Memory;
using NeuralNet.Layers.Recurrent;

namespace NeuralNet.Layers.Saving;

/// <summary>How the layers of NeuralNet.Layers are built of their descriptions.</summary>
internal static class LayerKinds
{
    /// <summary>Adds them.</summary>
    public static void AddTo<T>(GateKinds<T> kinds) where T : unmanaged, IFloatingPointIeee754<T>
    {
        kinds.Add(nameof(BatchNorm<>), saved => new BatchNorm<T>(saved.Size("channels"), saved.Number("epsilon"), saved.Number("momentum")));
        kinds.Add(nameof(Concatenate<>), saved => new Concatenate<T>(saved.Parts));
        kinds.Add(nameof(Dropout<>), saved => new Dropout<T>(saved.Number("probability"), saved.Generator("random")));
        kinds.Add(nameof(Embedding<>), saved => new Embedding<T>(Zeros(saved, "vocabulary", "size"), saved.Has("paddingIndex") ? saved.Integer("paddingIndex") : null));
        kinds.Add(nameof(FeatureScaling<>), saved => new FeatureScaling<T>(saved.Size("features")));
        kinds.Add(nameof(Flatten<>), _ => new Flatten<T>());
        kinds.Add(nameof(GRU<>), saved => new GRU<T>(RecurrentSettings.Of(saved, GatedCell<T>.GateCount)));
        kinds.Add(nameof(LSTM<>), saved => new LSTM<T>(RecurrentSettings.Of(saved, LongShortTermCell<T>.GateCount)));
        kinds.Add(nameof(LayerNorm<>), saved => new LayerNorm<T>(
            saved.Truth("affine") ? saved.Size("features") : saved.Integer("features"), saved.Number("epsilon"), saved.Truth("affine"), saved.Truth("perPosition")));
        kinds.Add(nameof(Linear<>), saved => new Linear<T>(
            Zeros(saved, "inputs", "outputs"), saved.Truth("bias") ? Matrices.Zeros<T>(1, saved.Size("outputs")) : null));
        kinds.Add(nameof(LearnedPositions<>), saved => new LearnedPositions<T>(saved.Size("context"), saved.Size("width"), new Random(0), new Constant(0)));
        kinds.Add(nameof(Masked<>), saved => new Masked<T>(Part<T, SequenceLayer<T>>(saved, "layer")));
        kinds.Add(nameof(MultiHeadAttention<>), Attention);
        kinds.Add(nameof(NeuralTuringMachine<>), Machine);
        kinds.Add(nameof(PerPosition<>), saved => new PerPosition<T>(saved.Child("inner"), saved.Integer("channels")));
        kinds.Add(nameof(PReLU<>), saved => new PReLU<T>(saved.Size("channels"), saved.Number("initialSlope")));
        kinds.Add(nameof(RNN<>), saved => new RNN<T>(RecurrentSettings.Of(saved, TanhCell<T>.GateCount)));
        kinds.Add(nameof(RecurrentGate<>), saved => new RecurrentGate<T>(
            saved.Child("layer") as RecurrentLayer<T> ?? throw new InvalidDataException($"'layer' of a RecurrentGate is {saved.Child("layer")}, which is no recurrent layer."),
            saved.Truth("lengths"), saved.Truth("initialState")));
        kinds.Add(nameof(Reshape<>), saved => new Reshape<T>(Shape(saved.Text("shape"))));
        kinds.Add(nameof(Residual<>), saved => new Residual<T>(saved.Child("inner"), saved.Children.Count > 1 ? saved.Child("shortcut") : null));
        kinds.Add(nameof(Sequential<>), saved => new Sequential<T>(saved.Parts));
        kinds.Add(nameof(SwapAxes<>), saved => new SwapAxes<T>(saved.Integer("channels")));
        kinds.Add(nameof(SinusoidalPositions<>), saved => new SinusoidalPositions<T>(saved.Integer("context"), saved.Integer("width")));
        kinds.Add(nameof(TransformerBlock<>), Block);
    }

    /// <summary>The shape that a setting says, as <see cref="SampleShape.ToString"/> writes it: 128, 16×8 or 16×8×8.</summary>
    internal static SampleShape Shape(string text) => Lengths(text) switch
    {
        [int features] => SampleShape.Vector(features),
        [int channels, int steps] => SampleShape.Sequence(channels, steps),
        [int channels, int height, int width] => SampleShape.Image(channels, height, width),
        _ => throw new FormatException($"'{text}' is no shape such as 16×8×8."),
    };

    /// <summary>Numbers with × between them.</summary>
    internal static int[] Lengths(string text) => [.. text.Split('×').Select(length => int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture))];

    private static MultiHeadAttention<T> Attention<T>(SavedGate<T> saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = saved.Size("width");
        saved.ThrowIfTooLarge(width, width);
        return new MultiHeadAttention<T>(
            width, saved.Integer("heads"), new Random(0), saved.Truth("causal"), saved.Has("context") ? saved.Integer("context") : null, saved.Truth("rotary"), saved.Truth("bias"));
    }

    private static NeuralTuringMachine<T> Machine<T>(SavedGate<T> saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inputs = saved.Size("inputs"), outputs = saved.Size("outputs"), hidden = saved.Size("hidden"), width = saved.Size("width"), shifts = saved.Size("shifts");
        int readHeads = saved.Size("readHeads"), writeHeads = saved.Size("writeHeads");
        saved.ThrowIfTooLarge(inputs, hidden);
        saved.ThrowIfTooLarge(outputs, hidden);
        saved.ThrowIfTooLarge(checked((readHeads + writeHeads) * (width + shifts)), hidden);
        return new NeuralTuringMachine<T>(
            inputs, outputs, hidden, saved.Integer("locations"), width, new Random(0), readHeads, writeHeads, shifts);
    }

    private static TransformerBlock<T> Block<T>(SavedGate<T> saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool drops = saved.Number("dropout") != 0;
        return new TransformerBlock<T>(
            Part<T, MultiHeadAttention<T>>(saved, "self_attn"), Part<T, Linear<T>>(saved, "linear1"), Part<T, GELU<T>>(saved, "activation"), Part<T, Linear<T>>(saved, "linear2"),
            Part<T, LayerNorm<T>>(saved, "norm1"), Part<T, LayerNorm<T>>(saved, "norm2"), drops ? Part<T, Dropout<T>>(saved, "dropout1") : null,
            drops ? Part<T, Dropout<T>>(saved, "dropout2") : null, saved.Truth("normFirst"));
    }

    private static TLayer Part<T, TLayer>(SavedGate<T> saved, string name) where T : unmanaged, IFloatingPointIeee754<T> where TLayer : Layer<T> =>
        saved.Child(name) as TLayer ?? throw new InvalidDataException($"{saved.Title} has '{name}', {saved.Child(name)}, which is not what stands there in such a layer.");

    private static MathNet.Numerics.LinearAlgebra.Matrix<T> Zeros<T>(SavedGate<T> saved, string rows, string columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int rowCount, int columnCount) = (saved.Integer(rows), saved.Integer(columns));
        saved.ThrowIfTooLarge(rowCount, columnCount);
        return Matrices.Zeros<T>(rowCount, columnCount);
    }
}
