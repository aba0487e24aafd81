using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Onnx;

/// <summary>Networks as ONNX files, the format in which runtimes and other frameworks take models.</summary>
public static class OnnxFile
{
    /// <summary>Writes a network as it is in evaluation: one input and one output of <c>[batch, features]</c>, of the network's element type.</summary>
    /// <remarks>What is trained, and running statistics, are initializers under their names in the network. The format is IR 8 with operator set 17.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; one that is there is replaced, once the whole model is made.</param>
    /// <param name="options">What the model's ends are called; <see cref="OnnxExportOptions.Default"/> where none are given.</param>
    /// <exception cref="NotSupportedException">A layer or a setting has no counterpart in ONNX; the message names it and its place in the network.</exception>
    /// <exception cref="ArgumentException">The options do not fit the network.</exception>
    public static void Save<T>(Layer<T> network, string path, OnnxExportOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        OnnxModel model = OnnxExport<T>.ModelOf(network, options ?? OnnxExportOptions.Default);
        using FileStream stream = File.Create(path);
        OnnxModelWriter.Write(model, stream);
    }

    /// <summary>Writes a network into a stream; see <see cref="Save{T}(Layer{T}, string, OnnxExportOptions)"/>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where the bytes go; stays open.</param>
    /// <param name="options">What the model's ends are called; <see cref="OnnxExportOptions.Default"/> where none are given.</param>
    /// <exception cref="NotSupportedException">A layer or a setting has no counterpart in ONNX; the message names it and its place in the network.</exception>
    /// <exception cref="ArgumentException">The options do not fit the network.</exception>
    public static void Save<T>(Layer<T> network, Stream stream, OnnxExportOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        OnnxModelWriter.Write(OnnxExport<T>.ModelOf(network, options ?? OnnxExportOptions.Default), stream);
    }
}
