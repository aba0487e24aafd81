namespace NeuralNet.Examples.Serve;

/// <summary>Why a request gets no prediction, as the answer says it.</summary>
/// <param name="status">The status of HTTP.</param>
/// <param name="kind">What is wrong, in a word that programs can ask for and metrics count by.</param>
/// <param name="detail">What is wrong, for people.</param>
/// <param name="pointer">Where in the body, as a JSON pointer: /3/2 is number 2 of sample 3, both from 0; null for the whole.</param>
internal sealed class RequestProblem(int status, string kind, string detail, string? pointer = null) : Exception(detail)
{
    /// <summary>The status of HTTP.</summary>
    public int Status => status;

    /// <summary>What is wrong, in a word.</summary>
    public string Kind => kind;

    /// <summary>Answers with the problem, in the form of RFC 9457.</summary>
    /// <param name="context">The request and its answer, which has not begun.</param>
    public Task WriteTo(HttpContext context)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        var problem = new Answer.Problem(Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), status, Message, kind, pointer);
        return context.Response.WriteAsJsonAsync(problem, AnswerJson.Default.Problem, "application/problem+json", context.RequestAborted);
    }
}
