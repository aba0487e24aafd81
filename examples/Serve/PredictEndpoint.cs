using System.Diagnostics;

namespace NeuralNet.Examples.Serve;

/// <summary>Answers a request for predictions.</summary>
/// <param name="model">What predicts.</param>
/// <param name="pool">The caches.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="options">The limits.</param>
internal sealed class PredictEndpoint(ServedModel model, CachePool pool, ServeMetrics metrics, ServeOptions options)
{
    /// <summary>Reads the samples, waits for a cache, runs the network, and answers.</summary>
    /// <param name="context">The request and its answer.</param>
    public async Task Answer(HttpContext context)
    {
        long begin = Stopwatch.GetTimestamp();
        string? error = "internal";
        try
        {
            // The body is whole before a cache is asked for: a slow client keeps none.
            float[] samples = SampleReader.Read(await BodyOf(context.Request), model.Inputs, options.MostSamples);
            Answer.Predictions? answer = await pool.Use(
                cache =>
                {
                    long start = Stopwatch.GetTimestamp();
                    Answer.Predictions predictions = model.Predict(samples, cache);
                    metrics.OnPass(start, predictions.Items.Length);
                    return predictions;
                },
                context.RequestAborted);
            if (answer is null)
            {
                throw new RequestProblem(StatusCodes.Status503ServiceUnavailable, "overload", "Too many requests are under way. Try again in a second.");
            }

            await context.Response.WriteAsJsonAsync(answer, AnswerJson.Default.Predictions, cancellationToken: context.RequestAborted);
            error = null;
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, nobody reads an answer.
            error = "gone";
        }
        catch (RequestProblem problem)
        {
            error = problem.Kind;
            await problem.WriteTo(context);
        }
        catch (BadHttpRequestException exception)
        {
            bool isLarge = exception.StatusCode == StatusCodes.Status413PayloadTooLarge;
            error = isLarge ? "bytes" : "http";
            await new RequestProblem(
                exception.StatusCode, error, isLarge ? $"The body has more than {options.MostBytes} bytes, which is the most that a request may have." : exception.Message).WriteTo(context);
        }
        finally
        {
            metrics.OnRequest(begin, error);
        }
    }

    private static async Task<byte[]> BodyOf(HttpRequest request)
    {
        // So that no page of another site sends requests by a visitor's browser: a form cannot have this type.
        if (!request.HasJsonContentType())
        {
            throw new RequestProblem(StatusCodes.Status415UnsupportedMediaType, "type", $"The type of the body is '{request.ContentType}'; expected is 'application/json'.");
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }
}
