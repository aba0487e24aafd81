using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;
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
        kinds.Add(nameof(PReLU<>), saved => new PReLU<T>(saved.Size("channels"), saved.Number("initialSlope")));
        kinds.Add(nameof(RNN<>), saved => new RNN<T>(RecurrentSettings.Of(saved, TanhCell<T>.GateCount)));
        kinds.Add(nameof(RecurrentGate<>), saved => new RecurrentGate<T>(
            saved.Child("layer") as RecurrentLayer<T> ?? throw new InvalidDataException($"'layer' of a RecurrentGate is {saved.Child("layer")}, which is no recurrent layer."),
            saved.Truth("lengths"), saved.Truth("initialState")));
        kinds.Add(nameof(Reshape<>), saved => new Reshape<T>(Shape(saved.Text("shape"))));
        kinds.Add(nameof(Residual<>), saved => new Residual<T>(saved.Child("inner"), saved.Children.Count > 1 ? saved.Child("shortcut") : null));
        kinds.Add(nameof(Sequential<>), saved => new Sequential<T>(saved.Parts));
    }

    private static MathNet.Numerics.LinearAlgebra.Matrix<T> Zeros<T>(SavedGate<T> saved, string rows, string columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int rowCount, int columnCount) = (saved.Integer(rows), saved.Integer(columns));
        saved.ThrowIfTooLarge(rowCount, columnCount);
        return Matrices.Zeros<T>(rowCount, columnCount);
    }

    // As SampleShape.ToString writes it: 128, 16×8 or 16×8×8.
    private static SampleShape Shape(string text)
    {
        int[] lengths = [.. text.Split('×').Select(length => int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture))];
        return lengths switch
        {
            [int features] => SampleShape.Vector(features),
            [int channels, int steps] => SampleShape.Sequence(channels, steps),
            [int channels, int height, int width] => SampleShape.Image(channels, height, width),
            _ => throw new FormatException($"'{text}' is no shape such as 16×8×8."),
        };
    }
}
