using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

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
        kinds.Add(nameof(LayerNorm<>), saved => new LayerNorm<T>(
            saved.Truth("affine") ? saved.Size("features") : saved.Integer("features"), saved.Number("epsilon"), saved.Truth("affine"), saved.Truth("perPosition")));
        kinds.Add(nameof(Linear<>), saved => new Linear<T>(
            Zeros(saved, "inputs", "outputs"), saved.Truth("bias") ? Matrices.Zeros<T>(1, saved.Size("outputs")) : null));
        kinds.Add(nameof(PReLU<>), saved => new PReLU<T>(saved.Size("channels"), saved.Number("initialSlope")));
        kinds.Add(nameof(Reshape<>), saved => new Reshape<T>(Shape(saved.Text("shape"))));
        kinds.Add(nameof(Residual<>), saved => new Residual<T>(saved.Child("inner"), saved.Children.Count > 1 ? saved.Child("shortcut") : null));
        kinds.Add(nameof(Sequential<>), saved => new Sequential<T>(saved.Parts));
        kinds.Add(nameof(SwapAxes<>), saved => new SwapAxes<T>(saved.Integer("channels")));
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

    private static MathNet.Numerics.LinearAlgebra.Matrix<T> Zeros<T>(SavedGate<T> saved, string rows, string columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int rowCount, int columnCount) = (saved.Integer(rows), saved.Integer(columns));
        saved.ThrowIfTooLarge(rowCount, columnCount);
        return Matrices.Zeros<T>(rowCount, columnCount);
    }
}
