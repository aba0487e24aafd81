using System.Text.Json.Serialization;

namespace NeuralNet.Examples.Serve;

/// <summary>What the server answers, each a JSON object.</summary>
internal static class Answer
{
    /// <summary>The answers to samples, in their order.</summary>
    /// <param name="Labels">What the probabilities are of, where the model says.</param>
    /// <param name="Items">One for each sample.</param>
    internal sealed record Predictions(IReadOnlyList<string>? Labels, [property: JsonPropertyName("predictions")] Prediction[] Items);

    /// <summary>The answer to one sample.</summary>
    /// <param name="Label">The most probable of the classes; null where labels do not exclude each other, or there are none.</param>
    /// <param name="Probabilities">One for each label; null without labels.</param>
    /// <param name="Values">What the network gives; null with labels.</param>
    internal sealed record Prediction(string? Label, float[]? Probabilities, float[]? Values);

    /// <summary>Whether the server lives (otherwise there is no answer) and has room for requests.</summary>
    /// <param name="Ready">Whether a request would be let in.</param>
    /// <param name="Model">The model's name.</param>
    /// <param name="Inputs">Numbers of a sample.</param>
    /// <param name="Outputs">Numbers of an answer.</param>
    /// <param name="Parameters">How many numbers were learned.</param>
    internal sealed record Health(bool Ready, string Model, int Inputs, int Outputs, long Parameters);

    /// <summary>What is served.</summary>
    /// <param name="Name">The model's name.</param>
    /// <param name="Input">The shape of a sample.</param>
    /// <param name="Inputs">Numbers of a sample.</param>
    /// <param name="Outputs">Numbers of an answer.</param>
    /// <param name="Parameters">How many numbers were learned.</param>
    /// <param name="Labels">What the outputs stand for.</param>
    /// <param name="Layers">The layers.</param>
    internal sealed record Model(string Name, string Input, int Inputs, int Outputs, long Parameters, IReadOnlyList<string> Labels, Layer[] Layers);

    /// <summary>A layer.</summary>
    /// <param name="Name">Its name in the network.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Output">The shape of what it gives; null where only its container knows.</param>
    /// <param name="Parameters">How many numbers it has learned.</param>
    internal sealed record Layer(string Name, string Kind, string? Output, long Parameters);

    /// <summary>Why there is no answer: RFC 9457, with the members <c>kind</c> and <c>pointer</c> of our own.</summary>
    /// <param name="Title">What the status says.</param>
    /// <param name="Status">The status of HTTP.</param>
    /// <param name="Detail">What is wrong, for people.</param>
    /// <param name="Kind">What is wrong, in a word.</param>
    /// <param name="Pointer">Where in the body.</param>
    internal sealed record Problem(string Title, int Status, string Detail, string Kind, string? Pointer);
}
