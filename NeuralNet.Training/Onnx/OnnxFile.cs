using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Training.Onnx;

/// <summary>Networks as ONNX files, the format in which runtimes and other frameworks take models.</summary>
public static class OnnxFile
{
    /// <summary>Writes a network as it is in evaluation: one input and one output of <c>[batch, features]</c>, of the network's element type.</summary>
    /// <remarks>What is trained, and running statistics, are initializers under their names in the network. The format is IR 8 with operator set 17.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file; one that is there is replaced, by the whole new one or not at all.</param>
    /// <param name="options">What the model's ends are called; <see cref="OnnxExportOptions.Default"/> where none are given.</param>
    /// <exception cref="NotSupportedException">A layer or a setting has no counterpart in ONNX; the message names it and its place in the network.</exception>
    /// <exception cref="ArgumentException">The options do not fit the network.</exception>
    public static void Save<T>(Layer<T> network, string path, OnnxExportOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        OnnxModel model = OnnxExport<T>.ModelOf(network, options ?? OnnxExportOptions.Default);
        FileReplacement.Write(path, stream => OnnxModelWriter.Write(model, stream));
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

    /// <summary>Reads a network that runs and can be trained further. A model that is a chain of layers becomes a <c>Sequential</c> of them, under their names; any other
    /// a <c>GraphLayer</c>, whose parameters are the model's initializers.</summary>
    /// <remarks>The model has one input and one output, whose first axis is that of the samples; operator sets 13 to 21. Axes behind the second one are flattened:
    /// <c>[batch, C, H, W]</c> is <c>[N×(C·H·W)]</c>. Weights of another floating-point type are rounded to T.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="random">What the generators of dropouts are forked from, one for each; by default of seed 0.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX model, or damaged.</exception>
    /// <exception cref="NotSupportedException">It has an operator, an attribute, a type or a shape that no network here has; the message names it and its node. Or T is
    /// neither float nor double.</exception>
    public static Layer<T> Load<T>(string path, Philox? random = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using FileStream stream = RegularFile.Open(path, "an ONNX model");
        return Load<T>(stream, path, random);
    }

    /// <summary>Reads a network from a stream, to its end; see <see cref="Load{T}(string, Philox)"/>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="stream">The bytes of a model.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="random">What the generators of dropouts are forked from, one for each; by default of seed 0.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, or damaged.</exception>
    /// <exception cref="NotSupportedException">It has something that no network here has.</exception>
    public static Layer<T> Load<T>(Stream stream, string name, Philox? random = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        using var bytes = new MemoryStream(stream.CanSeek ? (int)Math.Min(Math.Max(0, stream.Length - stream.Position), Array.MaxLength) : 0);
        try
        {
            stream.CopyTo(bytes);
        }
        catch (IOException exception) when (bytes.Length >= int.MaxValue / 2)
        {
            throw new InvalidDataException($"'{name}' is no ONNX model: a model has less than 2 GiB.", exception);
        }

        return Load<T>(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), name, random);
    }

    /// <summary>Reads a network from the bytes of a model; see <see cref="Load{T}(string, Philox)"/>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="bytes">The bytes; not kept.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="random">What the generators of dropouts are forked from, one for each; by default of seed 0.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, or damaged.</exception>
    /// <exception cref="NotSupportedException">It has something that no network here has.</exception>
    public static Layer<T> Load<T>(ReadOnlyMemory<byte> bytes, string name, Philox? random = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(name);
        return OnnxImport<T>.NetworkOf(OnnxModelReader.Read(bytes, name), name, random ?? new Philox(0L));
    }
}
