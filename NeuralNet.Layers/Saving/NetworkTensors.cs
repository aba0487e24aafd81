using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Files;

namespace NeuralNet.Layers.Saving;

/// <summary>The parameters and states of a network among the tensors of a file that holds more than one network: a checkpoint, or a pair that was trained together.</summary>
public static class NetworkTensors
{
    /// <summary>Adds all that a network has to a file.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="writer">The file.</param>
    /// <param name="network">The network; its numbers are read when the file is written.</param>
    /// <param name="prefix">What stands before each name; nothing by default.</param>
    /// <exception cref="ArgumentException">Two matrices have one name, or one is taken.</exception>
    public static void AddNetwork<T>(this SafeTensorsWriter writer, Gate<T> network, string prefix = "") where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (NamedTensor<T> tensor in NamedTensor<T>.Of(network, prefix))
        {
            tensor.AddTo(writer);
        }
    }

    /// <summary>Throws unless the tensors of a prefix are those of a network.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="file">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="prefix">What stands before each name; nothing by default.</param>
    /// <exception cref="InvalidDataException">Tensors are missing, unexpected or of other dimensions: the message lists them.</exception>
    public static void CheckNetwork<T>(this SafeTensorsFile file, Gate<T> network, string prefix = "") where T : unmanaged, IFloatingPointIeee754<T> =>
        Match(file, network, prefix);

    /// <summary>Reads a network's parameters and states out of the tensors of a prefix. All of them, or nothing changes.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="file">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="prefix">What stands before each name; nothing by default.</param>
    /// <exception cref="InvalidDataException">Tensors are missing, unexpected or of other dimensions, or a number has no value in T.</exception>
    public static void ReadNetwork<T>(this SafeTensorsFile file, Gate<T> network, string prefix = "") where T : unmanaged, IFloatingPointIeee754<T> =>
        Match(file, network, prefix).Read(isNew: false);

    private static TensorMatch<T> Match<T>(SafeTensorsFile file, Gate<T> network, string prefix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(file);
        var match = new TensorMatch<T>(file, network, prefix, null);
        match.ThrowIfDiffers($"The tensors do not fit {network}");
        return match;
    }
}
