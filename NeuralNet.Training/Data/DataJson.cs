using System.Text.Json.Serialization;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Training.Data;

/// <summary>How the encodings of data become JSON, made when the library is compiled, so that nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SavedEncoding))]
[JsonSerializable(typeof(SavedVocabulary))]
internal sealed partial class DataJson : JsonSerializerContext;
