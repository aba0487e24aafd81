using System.Runtime.InteropServices;
using NeuralNet.Core;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Models put together in a few words, and read.</summary>
internal static class OnnxModels
{
    /// <summary>The model with an input of some axes behind that of the samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="axes">Their lengths; null for one that is not known.</param>
    public static OnnxModel Taking(this OnnxModel model, params long?[] axes) => model with { Inputs = [new("x", OnnxType.Single, ["n", .. axes.Select(axis => (object?)axis)])] };

    /// <summary>The model with initializers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tensors">The initializers.</param>
    public static OnnxModel Holding(this OnnxModel model, params OnnxTensor[] tensors) => model with { Initializers = tensors };

    /// <summary>A tensor of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dimensions">Its axes.</param>
    /// <param name="numbers">Its numbers, the last axis fastest.</param>
    public static OnnxTensor Floats(string name, long[] dimensions, params float[] numbers) =>
        new(name, OnnxType.Single, dimensions, MemoryMarshal.AsBytes<float>(numbers).ToArray());

    /// <summary>A tensor that is one number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">The number.</param>
    public static OnnxTensor Number(string name, float number) => Floats(name, [], number);

    /// <summary>The network of a model.</summary>
    /// <param name="model">The model.</param>
    public static Layer<float> Network(this OnnxModel model) => OnnxFile.Load<float>(OnnxBytes.Of(model), "m");

    /// <summary>What a network is written as.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">What the model's ends are called.</param>
    public static OnnxModel Written(this Layer<float> network, OnnxExportOptions? options = null) => OnnxModelReader.Read(OnnxBytes.Of(network, options), "m");
}
