using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuralNet.Examples.Serve;

/// <summary>How answers are written, compiled ahead: nothing is looked up by reflection, so the program can be trimmed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Answer.Predictions))]
[JsonSerializable(typeof(Answer.Health))]
[JsonSerializable(typeof(Answer.Model))]
[JsonSerializable(typeof(Answer.Problem))]
internal sealed partial class AnswerJson : JsonSerializerContext;
