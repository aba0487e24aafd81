#region serving
using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Operations;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;

#endregion
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NeuralNet.Core.Functions;
using NeuralNet.Examples.Serve;
using NeuralNet.Tests.Examples;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/serving.md.</summary>
internal sealed class ServingProgram
{
    [Test]
    public async Task Program_OfAFewLines_ServesANetwork()
    {
        using var folder = new GuideFolder();
        var random = new Random(1);
        var net = new Sequential<float>(new Linear<float>(2, 8, random), new Tanh<float>(), new Linear<float>(8, 3, random));
        net.Save(Path.Combine(folder.Path, "model.safetensors"), labels: ["a", "b", "c"]);
        string[] args = [Path.Combine(folder.Path, "model.safetensors"), "--urls", "http://127.0.0.1:0"];
        int threads = ComputeThreads.Count;
        try
        {
            string answer = "";
            await Task.Run(() =>
            {
                #region serving
                var saved = NetworkFile.Open<float>(args[0]);
                var network = new Sequential<float>(saved.Network, new Softmax<float>());
                var caches = new System.Collections.Concurrent.ConcurrentBag<Cache<float>>();
                ComputeThreads.Count = 1;                                         // requests are what runs side by side

                var app = WebApplication.CreateBuilder(args[1..]).Build();        // --urls http://127.0.0.1:5080
                app.MapPost("/predict", async context =>
                {
                    float[][] samples = await context.Request.ReadFromJsonAsync<float[][]>() ?? [];
                    Cache<float> cache = caches.TryTake(out var free) ? free : new Cache<float>(training: false);
                    float[][] probabilities = network.Forward(Matrices.FromRows(samples), cache).ToRowArrays();     // copied out of the cache
                    caches.Add(cache);
                    await context.Response.WriteAsJsonAsync(new { saved.Labels, probabilities });
                });
                #endregion
                app.Lifetime.ApplicationStarted.Register(() => Task.Run(async () =>
                {
                    using var client = new HttpClient();
                    using var content = new StringContent("[[0.5, -1]]", Encoding.UTF8, "application/json");
                    answer = await (await client.PostAsync(new Uri(app.Urls.First() + "/predict"), content)).Content.ReadAsStringAsync();
                    app.Lifetime.StopApplication();
                }));
                #region serving
                app.Run();
                #endregion
            });

            answer.ShouldStartWith("{\"labels\":[\"a\",\"b\",\"c\"],\"probabilities\":[[");
            float[] expected = new Softmax<float>().Forward(net.Forward(Matrices.FromRows<float>([0.5f, -1]))).Row(0).ToArray();
            System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("probabilities")[0].EnumerateArray().Select(number => number.GetSingle()).ShouldBe(expected);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }
    }

    // What the page says that a client gets.
    [Test]
    public async Task Example_Asked_AnswersAsThePageSays()
    {
        var network = new Sequential<float>(new Linear<float>(Matrices.FromRows<float>([1, 0], [0, 1]), null), new Softmax<float>());
        await using Serving server = await Serving.Start(network, ["no", "yes"]);

        (await server.Post("[[1, 1], [0, 200]]")).Body.ShouldBe(Page.Read("docs/guide/serving.md").Printed("answer"));
        (await server.Post("[[1, 1], [1, 2, 3]]")).Body.ShouldBe(Page.Read("docs/guide/serving.md").Printed("problem"));
    }

    [Test]
    public void Labels_MoreThanOutputs_AreRefused() =>
        Quoted.ShouldBe(
            Should.Throw<InvalidDataException>(() => new ServedModel("digits", new SavedNetwork<float>(new Linear<float>(4, 9, new Random(1)), [.. "0123456789".Select(digit => $"{digit}")], new Dictionary<string, string>()))),
            "docs/guide/serving.md", "labels");
}
