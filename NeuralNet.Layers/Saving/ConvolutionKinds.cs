using System.Numerics;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers.Saving;

/// <summary>How convolutions, poolings and what goes with them are built of their descriptions.</summary>
internal static class ConvolutionKinds
{
    /// <summary>Adds them.</summary>
    public static void AddTo<T>(GateKinds<T> kinds) where T : unmanaged, IFloatingPointIeee754<T>
    {
        kinds.Add(nameof(AveragePool<>), saved => new AveragePool<T>(Input(saved), Of(saved, "kernel"), Of(saved, "stride"), Of(saved, "padding"), saved.Truth("countsPadding")));
        kinds.Add(nameof(ChannelDropout<>), saved => new ChannelDropout<T>(saved.Integer("channels"), saved.Number("probability"), saved.Generator("random")));
        kinds.Add(nameof(Convolution<>), saved => new Convolution<T>(
            CheckedInput(saved, ofInput: true), saved.Integer("outputs"), Of(saved, "kernel"), new Random(0), Of(saved, "stride"), Of(saved, "padding"), Of(saved, "dilation"),
            saved.Integer("groups"), saved.Truth("bias")));
        kinds.Add(nameof(GlobalAveragePool<>), saved => new GlobalAveragePool<T>(Input(saved)));
        kinds.Add(nameof(GlobalMaxPool<>), saved => new GlobalMaxPool<T>(Input(saved)));
        kinds.Add(nameof(GroupNorm<>), saved => new GroupNorm<T>(saved.Integer("groups"), saved.Size("channels"), saved.Number("epsilon")));
        kinds.Add(nameof(MaxPool<>), saved => new MaxPool<T>(Input(saved), Of(saved, "kernel"), Of(saved, "stride"), Of(saved, "padding")));
        kinds.Add(nameof(TransposedConvolution<>), saved => new TransposedConvolution<T>(
            CheckedInput(saved, ofInput: false), saved.Integer("outputs"), Of(saved, "kernel"), new Random(0), Of(saved, "stride"), Of(saved, "padding"), Of(saved, "outputPadding"),
            Of(saved, "dilation"), saved.Integer("groups"), saved.Truth("bias")));
        kinds.Add(nameof(Upsample<>), saved => new Upsample<T>(Input(saved), Of(saved, "factor")));
    }

    private static SampleShape Input<T>(SavedGate<T> saved) where T : unmanaged, IFloatingPointIeee754<T> => LayerKinds.Shape(saved.Text("input"));

    // The weight has a number for each element of the kernel and each pair of channels of a group.
    private static SampleShape CheckedInput<T>(SavedGate<T> saved, bool ofInput) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SampleShape input = Input(saved);
        Extent kernel = Of(saved, "kernel");
        int groups = Math.Max(1, saved.Integer("groups")), outputs = saved.Integer("outputs");
        saved.ThrowIfTooLarge(
            checked((ofInput ? input.Channels : outputs) / groups * kernel.Width * (input.Rank == 1 ? 1 : kernel.Height)), ofInput ? outputs : input.Channels);
        return input;
    }

    // As Extent.ToString writes it: 3, or 1×5.
    private static Extent Of<T>(SavedGate<T> saved, string setting) where T : unmanaged, IFloatingPointIeee754<T> => LayerKinds.Lengths(saved.Text(setting)) switch
    {
        [int size] => Extent.Square(size),
        [int height, int width] => new Extent(height, width),
        _ => throw new FormatException($"'{saved.Text(setting)}' is no extent such as 3 or 1×5."),
    };
}
