using Microsoft.AspNetCore.WebUtilities;

namespace NeuralNet.Examples.Serve;

/// <summary>The server.</summary>
internal static class ServeApp
{
    /// <summary>Builds it; <c>RunAsync</c> starts it.</summary>
    /// <param name="model">What it serves.</param>
    /// <param name="options">Where it listens, and what it takes at most.</param>
    public static WebApplication Build(ServedModel model, ServeOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Requests under way are finished before the program ends, for so long.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MostBytes;
            kestrel.Limits.MaxConcurrentConnections = options.MostConnections;
        });
        WebApplication app = builder.Build();

        var pool = new CachePool(options.AtATime, options.Waiting);
        var metrics = new ServeMetrics(pool);
        var page = new PrometheusPage(metrics.Meter);
        app.Lifetime.ApplicationStopped.Register(() =>
        {
            page.Dispose();
            metrics.Dispose();
            pool.Dispose();
        });

        // What went wrong is in the log; the client reads that something did.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => new RequestProblem(StatusCodes.Status500InternalServerError, "internal", "Something went wrong here. The log says what.").WriteTo(context),
        });
        app.UseStatusCodePages(context =>
        {
            int status = context.HttpContext.Response.StatusCode;
            return new RequestProblem(
                status, "http", $"{context.HttpContext.Request.Method} {context.HttpContext.Request.Path}: {ReasonPhrases.GetReasonPhrase(status)}.").WriteTo(context.HttpContext);
        });
        app.MapPost("/predict", new PredictEndpoint(model, pool, metrics, options).Answer);
        app.MapGet("/health", context => context.Response.WriteAsJsonAsync(HealthOf(model, pool), AnswerJson.Default.Health));
        app.MapGet("/health/ready", context =>
        {
            Answer.Health health = HealthOf(model, pool);
            context.Response.StatusCode = health.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsJsonAsync(health, AnswerJson.Default.Health);
        });
        app.MapGet("/model", context => context.Response.WriteAsJsonAsync(model.Description, AnswerJson.Default.Model));
        app.MapGet("/metrics", context =>
        {
            context.Response.ContentType = PrometheusPage.ContentType;
            return context.Response.WriteAsync(page.ToString());
        });
        return app;
    }

    private static Answer.Health HealthOf(ServedModel model, CachePool pool) => new(pool.HasRoom, model.Name, model.Inputs, model.Outputs, model.Parameters);
}
