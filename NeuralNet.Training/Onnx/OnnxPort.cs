namespace NeuralNet.Training.Onnx;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Dimensions">Its axes: a length, a name of one that is open, or null for one that is not known; null where even their number is not stated.</param>
internal sealed record OnnxPort(string Name, OnnxType Type, IReadOnlyList<object?>? Dimensions);
