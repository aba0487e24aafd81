using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using NeuralNet.Core;
using NeuralNet.Examples.Serve;
using NeuralNet.Layers.Saving;

namespace NeuralNet.Tests.Examples;

/// <summary>The server of examples/Serve, in this process and at a port of its own, and a client of it.</summary>
internal sealed class Serving : IAsyncDisposable
{
    private readonly HttpClient _client;

    private Serving(WebApplication app) => (App, _client) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });

    /// <summary>The server.</summary>
    public WebApplication App { get; }

    /// <summary>Starts it.</summary>
    public static async Task<Serving> Start(Layer<float> network, string[] labels, ServeOptions? options = null, int? features = null)
    {
        WebApplication app = ServeApp.Build(
            new ServedModel("model", new SavedNetwork<float>(network, labels, new Dictionary<string, string>()), features), (options ?? new ServeOptions()) with { Url = "http://127.0.0.1:0" });
        await app.StartAsync();
        return new Serving(app);
    }

    /// <summary>Asks for predictions.</summary>
    public async Task<(int Status, string Body, HttpResponseMessage Answer)> Post(string body, string type = "application/json", CancellationToken cancellation = default)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await Read(await _client.PostAsync(new Uri("/predict", UriKind.Relative), content, cancellation));
    }

    /// <summary>Asks for a page.</summary>
    public async Task<(int Status, string Body, HttpResponseMessage Answer)> Get(string path) => await Read(await _client.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>A number of the page of metrics; 0 where it is not there yet.</summary>
    public async Task<double> Metric(string name)
    {
        string? line = (await Get("/metrics")).Body.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a metric has a value, up to ten seconds.</summary>
    public async Task Until(string metric, double value)
    {
        for (int i = 0; i < 1000 && await Metric(metric) != value; i++)
        {
            await Task.Delay(10);
        }

        (await Metric(metric)).ShouldBe(value, metric);
    }

    /// <summary>The numbers of an answer.</summary>
    public static float[][] Numbers(string body, string property = "probabilities")
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return [.. document.RootElement.GetProperty("predictions").EnumerateArray()
            .Select(prediction => prediction.GetProperty(property).EnumerateArray().Select(number => number.GetSingle()).ToArray())];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    private static async Task<(int, string, HttpResponseMessage)> Read(HttpResponseMessage answer) =>
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
}
