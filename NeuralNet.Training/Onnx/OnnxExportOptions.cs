using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Onnx;

/// <summary>How a network is written by <see cref="OnnxFile"/>.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static OnnxExportOptions Default { get; } = new();

    /// <summary>What the model's input is called. Default <c>input</c>; not empty.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string InputName
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(InputName));
            field = value;
        }
    } = "input";

    /// <summary>What the model's output is called. Default <c>output</c>; not empty, and not the name of the input.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string OutputName
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(OutputName));
            field = value;
        }
    } = "output";

    /// <summary>What the axis of the samples is called. Default <c>batch</c>; not empty.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string BatchName
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(BatchName));
            field = value;
        }
    } = "batch";

    /// <summary>The shape of a sample, for a network that does not say itself how many features it takes, such as one that starts with an activation. Default null:
    /// what the network says, or a number of features that is left open.</summary>
    public SampleShape? InputShape { get; init; }
}
