using System.Text.Json.Serialization;

namespace NeuralNet.Training.Checkpoints;

/// <summary>How epochs become JSON, made when the library is compiled, so that nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SavedEpoch[]))]
internal sealed partial class SavedEpochs : JsonSerializerContext;
