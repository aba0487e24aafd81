using System.Text.Json;

namespace NeuralNet.Examples.Serve;

/// <summary>Reads samples from JSON: an array of numbers is one sample, an array of such arrays is several.</summary>
/// <remarks>By hand, token by token: so a mistake is told with its place, nothing deeper than a sample is read, and numbers go straight to where they are wanted.</remarks>
internal static class SampleReader
{
    private const string Expected = "Expected is a sample, [0.1, 2, …], or an array of samples, of finite numbers.";

    // A batch, a sample, and whatever stands where a number should.
    private const int MaxDepth = 3;

    /// <summary>Reads them.</summary>
    /// <param name="json">The body of a request.</param>
    /// <param name="features">How many numbers a sample has.</param>
    /// <param name="mostSamples">How many samples there may be.</param>
    /// <returns>The numbers, sample after sample.</returns>
    /// <exception cref="RequestProblem">It is something else, or too much.</exception>
    public static float[] Read(ReadOnlySpan<byte> json, int features, int mostSamples)
    {
        if (json.IsEmpty)
        {
            throw new RequestProblem(StatusCodes.Status400BadRequest, "empty", $"The body is empty. {Expected}");
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            List<float> numbers = [];
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw Unfit($"The body is {Described(reader.TokenType)}. {Expected}", "");
            }

            reader.Read();
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                throw new RequestProblem(StatusCodes.Status400BadRequest, "empty", $"There are no samples. {Expected}");
            }

            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadBatch(ref reader, features, mostSamples, numbers);
            }
            else
            {
                ReadSample(ref reader, features, "", numbers);
            }

            // What follows is an error of its own.
            reader.Read();
            return [.. numbers];
        }
        catch (JsonException exception)
        {
            throw new RequestProblem(
                StatusCodes.Status400BadRequest, "json", $"The body is no JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}. {Expected}");
        }
    }

    private static void ReadBatch(ref Utf8JsonReader reader, int features, int mostSamples, List<float> numbers)
    {
        for (int sample = 0; reader.TokenType != JsonTokenType.EndArray; sample++)
        {
            if (sample == mostSamples)
            {
                throw new RequestProblem(StatusCodes.Status413PayloadTooLarge, "samples", $"There are more than {mostSamples} samples, which is the most that a request may have.");
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw Unfit($"Among the samples, at /{sample}, there is {Described(reader.TokenType)}. {Expected}", $"/{sample}");
            }

            reader.Read();
            ReadSample(ref reader, features, $"/{sample}", numbers);
            reader.Read();
        }
    }

    // From its first number, or its end, to its end.
    private static void ReadSample(ref Utf8JsonReader reader, int features, string pointer, List<float> numbers)
    {
        int count = 0;
        for (; reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                throw Unfit($"At {pointer}/{count} there is {Described(reader.TokenType)}, not a number.", $"{pointer}/{count}");
            }

            if (!reader.TryGetSingle(out float number) || !float.IsFinite(number))
            {
                throw Unfit($"The number at {pointer}/{count} is too large for a float.", $"{pointer}/{count}");
            }

            if (count < features)
            {
                numbers.Add(number);
            }

            reader.Read();
        }

        if (count != features)
        {
            string which = pointer.Length == 0 ? "The sample" : $"The sample at {pointer}";
            throw new RequestProblem(StatusCodes.Status400BadRequest, "features", $"{which} has {count} numbers; the model takes {features}.", pointer);
        }
    }

    private static RequestProblem Unfit(string detail, string pointer) => new(StatusCodes.Status400BadRequest, "number", detail, pointer);

    private static string Described(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        _ => "a truth value",
    };
}
