using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Training.Onnx;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Onnx;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>Networks and trainings in files, to be damaged and read.</summary>
internal static class SavedModels
{
    private const int LengthBytes = sizeof(ulong);

    /// <summary>A small network of layers that have settings, children, parameters, states and generators.</summary>
    public static byte[] Network { get; } = Saved(Model());

    /// <summary>ONNX models of every layer.</summary>
    public static byte[][] Onnx { get; } = [.. OnnxCatalogue.All<float>().Select(item => Exported(item.Network))];

    /// <summary>Its description.</summary>
    public static byte[] Description { get; } = Encoding.UTF8.GetBytes(SafeTensorsFile.Parse(Network, "network").Metadata["neuralnet.network"]);

    /// <summary>A training in the middle of an epoch.</summary>
    public static byte[] Checkpoint { get; } = SavedCheckpoint();

    /// <summary>The header of that file, without its length.</summary>
    public static byte[] CheckpointHeader { get; } = Checkpoint[LengthBytes..(LengthBytes + (int)BinaryPrimitives.ReadUInt64LittleEndian(Checkpoint))];

    /// <summary>The network's file with another description.</summary>
    public static byte[] WithDescription(byte[] description)
    {
        using SafeTensorsFile file = SafeTensorsFile.Parse(Network, "network");
        var writer = new SafeTensorsWriter();
        writer.AddMetadata("neuralnet.version", "1");
        writer.AddMetadata("neuralnet.network", Encoding.UTF8.GetString(description));
        foreach (TensorInfo tensor in file.Tensors)
        {
            byte[] bytes = new byte[tensor.ByteLength];
            file.ReadBytes(tensor.Name, bytes);
            writer.AddBytes(tensor.Name, tensor.Type, [.. tensor.Dimensions.Select(length => (int)length)], bytes);
        }

        using var stream = new MemoryStream();
        writer.Write(stream);
        return stream.ToArray();
    }

    /// <summary>The checkpoint with another header, and the checksum that belongs to it: what is behind the checksum must be sound as well.</summary>
    public static byte[] WithCheckpointHeader(byte[] header)
    {
        byte[] length = new byte[LengthBytes], body = Checkpoint[(LengthBytes + CheckpointHeader.Length)..^SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        byte[] all = [.. length, .. header, .. body];
        return [.. all, .. SHA256.HashData(all)];
    }

    /// <summary>Opens a network.</summary>
    public static void ReadNetwork(string path, byte[] content) => _ = NetworkFile.Open<float>(content, path);

    /// <summary>Reads an ONNX model; what no network here has is told in its own way.</summary>
    public static void ReadOnnx(string path, byte[] content)
    {
        try
        {
            _ = OnnxFile.Load<float>(content, path);
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    /// <summary>Goes on with a training, to its end at once.</summary>
    public static void ReadCheckpoint(string path, byte[] content)
    {
        (Checkpoint<double> checkpoint, _) = Training();
        checkpoint.Restore(path);
    }

    private static byte[] Exported(Layer<float> network)
    {
        using var stream = new MemoryStream();
        OnnxFile.Save(network, stream);
        return stream.ToArray();
    }

    private static byte[] Saved(Layer<float> network)
    {
        using var stream = new MemoryStream();
        network.Save(stream, ["a", "b"]);
        return stream.ToArray();
    }

    private static Sequential<float> Model()
    {
        var random = new Random(1);
        var graph = new Graph<float>();
        Node<float> x = graph.Variable("x", Matrix<float>.Build.Dense(1, 3)), w = graph.Parameter("w", new Parameter<float>(Matrix<float>.Build.Dense(3, 3, 0.5f)));
        var chain = new Sequential<float>(
            new FeatureScaling<float>(4), new Linear<float>(4, 3, random), new BatchNorm<float>(3), new PReLU<float>(3), new Dropout<float>(0.5, new Philox(1)),
            new GraphLayer<float>(x, GraphFunctions.Tanh(GraphFunctions.MatrixMultiply(x, w)) * graph.Constant(2f)),
            new Residual<float>(new Sequential<float>(("inner", new Linear<float>(3, 3, random)), new LeakyReLU<float>(0.1))),
            new Concatenate<float>(new SliceGate<float>(.., 1..2), new Reshape<float>(SampleShape.Vector(3))), new Softmax<float>());
        var images = new Sequential<float>(
            new Reshape<float>(SampleShape.Image(1, 2, 2)), new Convolution<float>(SampleShape.Image(1, 2, 2), 2, 2, random, padding: 1), new GroupNorm<float>(2, 2),
            new ChannelDropout<float>(2, 0.5, new Philox(1)), new MaxPool<float>(SampleShape.Image(2, 3, 3), 2),
            new TransposedConvolution<float>(SampleShape.Image(2, 1, 1), 1, 2, random), new Upsample<float>(SampleShape.Image(1, 2, 2), 2),
            new AveragePool<float>(SampleShape.Image(1, 4, 4), 2), new GlobalAveragePool<float>(SampleShape.Image(1, 2, 2)));
        var sequences = new Sequential<float>(
            new Reshape<float>(SampleShape.Sequence(2, 2)), new LSTM<float>(2, 2, random, bidirectional: true), new GRU<float>(4, 4, random), new RNN<float>(4, 4, random, layers: 2),
            new LearnedPositions<float>(2, 4, random), new SinusoidalPositions<float>(3, 4), new TransformerBlock<float>(4, 2, new Philox(1), 4, dropout: 0.1, context: 2, rotary: true),
            new PerPosition<float>(new Linear<float>(4, 1, random)), new Flatten<float>());
        return new Sequential<float>(new Concatenate<float>(chain, ("images", images), ("sequences", sequences)));
    }

    private static byte[] SavedCheckpoint()
    {
        string path = Path.GetTempFileName();
        try
        {
            (Checkpoint<double> checkpoint, BatchLoader<double> batches) = Training();
            checkpoint.History!.Add(new EpochRecord(1, 3, 12, TimeSpan.FromSeconds(1), [new("training loss", double.NaN)]));
            _ = batches.First();
            checkpoint.Save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (Checkpoint<double> Checkpoint, BatchLoader<double> Batches) Training()
    {
        var net = new Sequential<double>(new Linear<double>(2, 2, new Random(1)), new Dropout<double>(0.5, new Philox(1)));
        var batches = new BatchLoader<double>(new DataSet<double>(new double[8], [0, 1, 0, 1], 2, 2), 2, seed: 1);
        var optimizer = new Adam<double>(net.Parameters, 0.1, schedule: new NeuralNet.Training.Schedules.ReduceOnPlateau());
        return (new Checkpoint<double>(net, optimizer) { Batches = batches, WeightAverage = new(net.Parameters), History = new TrainingHistory() }, batches);
    }
}
