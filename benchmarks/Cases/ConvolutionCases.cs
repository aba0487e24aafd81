namespace NeuralNet.Benchmarks.Cases;

/// <summary>Convolutional networks: training steps of batches and of one sample, and a layer by itself.</summary>
internal static class ConvolutionCases
{
    private const string LeNet = "1x28x28 conv:8:5:2,relu,pool:2,conv:16:5:2,relu,pool:2,linear:10 0.001";
    private const string Wide = "1x28x28 conv:32:3:1,relu,conv:32:3:1,relu,pool:2,conv:64:3:1,relu,pool:2,linear:128,relu,linear:10 0.001";
    private const string Normalised = "1x28x28 conv:16:3:1,norm,relu,pool:2,conv:32:3:1,norm,relu,pool:2,linear:10 0.001";

    /// <summary>The cases.</summary>
    public static IEnumerable<Case> All() =>
    [
        Step("LeNet, batch 64", $"float 64 {LeNet}"),
        Step("conv 1→32→32→64, batch 128", $"float 128 {Wide}"),
        Step("conv 1→16→32 with batch norm, batch 128", $"float 128 {Normalised}"),
        Layer("conv 64→64 on 16×16, forward and back, batch 64", "float 64 64x16x16 conv:64:3:1 0.001"),
        Step("LeNet, one sample", $"float 1 {LeNet}"),
        Step("conv 1→32→32→64, one sample", $"float 1 {Wide}"),
        Step("conv 1→16→32 with batch norm, one sample", $"float 1 {Normalised}"),
        Step("LeNet double, batch 64", $"double 64 {LeNet}"),
    ];

    private static Case Step(string name, string arguments) =>
        new(name, "conv-step", arguments, Unit.Microseconds, ConvolutionalNetwork.Parse(arguments).StepLoad(isInputWanted: false));

    // Forward, and the gradients by input, weight and bias.
    private static Case Layer(string name, string arguments) =>
        new(name, "conv-layer", arguments, Unit.Microseconds, ConvolutionalNetwork.Parse(arguments).StepLoad(isInputWanted: true));
}
