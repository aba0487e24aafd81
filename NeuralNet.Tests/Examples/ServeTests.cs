using System.Text.Json;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Examples.Serve;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Examples;

/// <summary>The server of examples/Serve, over HTTP.</summary>
internal sealed class ServeTests
{
    private static readonly string[] s_labels = ["daisy", "iris", "rose"];

    [Test]
    public async Task Predict_ManyClientsAtOnce_HasTheBitsOfTheNetwork()
    {
        const int Clients = 16, Requests = 100;
        Sequential<float> network = Network();
        var softmax = new Softmax<float>();
        await using Serving server = await Serving.Start(network, s_labels, new ServeOptions { AtATime = 3, Waiting = Clients });
        int samples = 0;

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (int i = 0; i < Requests; i++)
            {
                int count = 1 + ((client + i) % 7);
                Matrix<float> x = Some.Matrix<float>(count, 4, (Requests * client) + i);
                string[] rows = [.. x.EnumerateRows().Select(row => JsonSerializer.Serialize(row.ToArray()))];
                (int status, string body, _) = await server.Post(count == 1 ? rows[0] : $"[{string.Join(',', rows)}]");

                status.ShouldBe(200, body);
                Matrix<float> expected = softmax.Forward(network.Forward(x));
                SameBits.Hold(Matrices.FromRows(Serving.Numbers(body)), expected);
                Interlocked.Add(ref samples, count);
            }
        })));

        (await server.Metric("serve_requests_total")).ShouldBe(Clients * Requests);
        (await server.Metric("serve_samples_total")).ShouldBe(samples);
        (await server.Metric("serve_request_seconds_count")).ShouldBe(Clients * Requests);
        (await server.Metric("serve_pass_seconds_bucket{le=\"+Inf\"}")).ShouldBe(Clients * Requests);
        (await server.Get("/metrics")).Body.ShouldNotContain("kind=");
    }

    [Test]
    public async Task Predict_WithLabels_SaysTheMostProbable()
    {
        Sequential<float> network = Network();
        await using Serving server = await Serving.Start(network, s_labels);

        (_, string body, HttpResponseMessage answer) = await server.Post("[1, -2, 0.5, 3e-1]");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        using JsonDocument document = JsonDocument.Parse(body);
        document.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).ShouldBe(s_labels);
        int best = network.Forward(Matrices.FromRows<float>([1, -2, 0.5f, 0.3f])).Row(0).MaximumIndex();
        document.RootElement.GetProperty("predictions")[0].GetProperty("label").GetString().ShouldBe(s_labels[best]);
    }

    [Test]
    public async Task Predict_WithoutLabels_GivesWhatTheNetworkGives()
    {
        Sequential<float> network = Network();
        await using Serving server = await Serving.Start(network, []);

        (_, string body, _) = await server.Post("[[1, -2, 0.5, 0.25], [0, 0, 0, -0.0]]");

        body.ShouldNotContain("label");
        SameBits.Hold(Matrices.FromRows(Serving.Numbers(body, "values")), network.Forward(Matrices.FromRows<float>([1, -2, 0.5f, 0.25f], [0, 0, 0, -0f])));
    }

    [TestCase(1, false)]
    [TestCase(3, true)]
    public async Task Predict_ProbabilitiesOfLabelsThatDoNotExcludeEachOther_AreSigmoids(int outputs, bool endsInSigmoid)
    {
        var random = new Random(1);
        var scores = new Linear<float>(4, outputs, random);
        Layer<float> network = endsInSigmoid ? new Sequential<float>(scores, new Sigmoid<float>()) : scores;
        await using Serving server = await Serving.Start(network, s_labels[..outputs]);

        (_, string body, _) = await server.Post("[1, -2, 0.5, 0.25]");

        body.ShouldNotContain("\"label\"");
        SameBits.Hold(Matrices.FromRows(Serving.Numbers(body)), new Sigmoid<float>().Forward(scores.Forward(Matrices.FromRows<float>([1, -2, 0.5f, 0.25f]))));
    }

    [TestCase("", 400, "empty", null, "The body is empty.")]
    [TestCase("[]", 400, "empty", null, "There are no samples.")]
    [TestCase("[[]]", 400, "features", "/0", "The sample at /0 has 0 numbers; the model takes 4.")]
    [TestCase("[1, 2, 3]", 400, "features", "", "The sample has 3 numbers; the model takes 4.")]
    [TestCase("[[1, 2, 3, 4], [1, 2, 3, 4, 5]]", 400, "features", "/1", "The sample at /1 has 5 numbers; the model takes 4.")]
    [TestCase("[[1, 2, 3, 4], 5]", 400, "number", "/1", "Among the samples, at /1, there is a number.")]
    [TestCase("[[1, \"2\", 3, 4]]", 400, "number", "/0/1", "At /0/1 there is a text, not a number.")]
    [TestCase("[1, 2, null, 4]", 400, "number", "/2", "At /2 there is null, not a number.")]
    [TestCase("[1, 2, 3, true]", 400, "number", "/3", "At /3 there is a truth value, not a number.")]
    [TestCase("[1, 2, 3, {}]", 400, "number", "/3", "At /3 there is an object, not a number.")]
    [TestCase("[[[[[[[[1]]]]]]]]", 400, "number", "/0/0", "At /0/0 there is an array, not a number.")]
    [TestCase("[1, 2, 1e39, 4]", 400, "number", "/2", "The number at /2 is too large for a float.")]
    [TestCase("{\"samples\": []}", 400, "number", "", "The body is an object.")]
    [TestCase("7", 400, "number", "", "The body is a number.")]
    [TestCase("[1, NaN, 3, 4]", 400, "json", null, "The body is no JSON at line 1, byte 5.")]
    [TestCase("[1, 2,\n Infinity, 4]", 400, "json", null, "The body is no JSON at line 2, byte 2.")]
    [TestCase("[1, 2, 3, 4", 400, "json", null, "The body is no JSON at line 1, byte 12.")]
    [TestCase("[1, 2, 3, 4] 5", 400, "json", null, "The body is no JSON at line 1, byte 14.")]
    [TestCase("[1, 2, 3, 3e38]", 422, "overflow", null, "The answer to sample 0, from 0, is not finite")]
    [TestCase("[[1,2,3,4],[1,2,3,4],[1,2,3,4],[1,2,3,4]]", 413, "samples", null, "There are more than 3 samples")]
    public async Task Predict_BadRequest_SaysWhatIsWrongAndWhere(string body, int status, string kind, string? pointer, string detail)
    {
        // So large that 3e38 overflows.
        var network = new Linear<float>(Matrix<float>.Build.Dense(4, 3, 1e3f), null);
        await using Serving server = await Serving.Start(network, s_labels, new ServeOptions { MostSamples = 3 });

        ShouldBeProblem(await server.Post(body), status, kind, pointer, detail);

        (await server.Metric($"serve_errors_total{{kind=\"{kind}\"}}")).ShouldBe(1);
        (await server.Metric("serve_requests_total")).ShouldBe(1);
        (await server.Metric("serve_samples_total")).ShouldBe(0);
        (await server.Post("[1, 2, 3, 4]")).Status.ShouldBe(200);
    }

    [Test]
    public async Task Predict_BodyTooLongOrOfAnotherType_IsRefused()
    {
        await using Serving server = await Serving.Start(Network(), s_labels, new ServeOptions { MostBytes = 100 });

        ShouldBeProblem(await server.Post($"[1, 2, 3, {new string('4', 100)}]"), 413, "bytes", null, "The body has more than 100 bytes");
        ShouldBeProblem(await server.Post("[1, 2, 3, 4]", "text/plain"), 415, "type", null, "The type of the body is 'text/plain; charset=utf-8'");
    }

    [Test]
    public async Task Request_OfAnotherPathOrMethod_IsAProblemToo()
    {
        await using Serving server = await Serving.Start(Network(), s_labels);

        ShouldBeProblem(await server.Get("/nowhere"), 404, "http", null, "GET /nowhere: Not Found.");
        ShouldBeProblem(await server.Get("/predict"), 405, "http", null, "GET /predict: Method Not Allowed.");
    }

    [Test]
    public async Task Predict_WordThatTheVocabularyHasNot_IsRefusedByTheNetwork()
    {
        await using Serving server = await Serving.Start(new Sequential<float>(new Embedding<float>(10, 3, new Random(1)), new Flatten<float>(), new Linear<float>(6, 3, new Random(2))), s_labels, features: 2);

        ShouldBeProblem(await server.Post("[1, 12]"), 422, "refused", null, "expects whole numbers from 0 to 9");
    }

    [Test]
    public async Task Predict_FaultInside_TellsNothingAndLivesOn()
    {
        await using Serving server = await Serving.Start(new HeldLayer(), []);

        (int status, string body, HttpResponseMessage answer) = await server.Post("[13, 0]");

        ShouldBeProblem((status, body, answer), 500, "internal", null, "Something went wrong here.");
        body.ShouldNotContain("secret");
        body.ShouldNotContain("   at ");
        (await server.Metric("serve_errors_total{kind=\"internal\"}")).ShouldBe(1);
        (await server.Post("[1, 0]")).Status.ShouldBe(200);
    }

    [Test]
    public async Task Predict_MoreThanMayWait_AreRefusedAndLaterServed()
    {
        var held = new HeldLayer();
        await using Serving server = await Serving.Start(held, [], new ServeOptions { AtATime = 2, Waiting = 3 });
        held.Gate.Reset();

        Task<(int Status, string Body, HttpResponseMessage Answer)>[] five = [.. Enumerable.Range(0, 5).Select(i => server.Post($"[{i}, 0]"))];
        await server.Until("serve_waiting", 3);
        (await server.Metric("serve_passes")).ShouldBe(2);
        (int Status, string Body, HttpResponseMessage Answer) sixth = await server.Post("[5, 0]");
        ShouldBeProblem(sixth, 503, "overload", null, "Too many requests are under way.");
        sixth.Answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await server.Get("/health")).Status.ShouldBe(200);
        (await server.Get("/health/ready")).Status.ShouldBe(503);

        held.Gate.Set();
        for (int i = 0; i < five.Length; i++)
        {
            (int status, string body, _) = await five[i];
            status.ShouldBe(200);
            Serving.Numbers(body, "values")[0][0].ShouldBe(i);
        }

        (await server.Post("[5, 0]")).Status.ShouldBe(200);
        (await server.Get("/health/ready")).Status.ShouldBe(200);
        (await server.Metric("serve_passes")).ShouldBe(0);
    }

    [Test]
    public async Task Predict_ClientGoesAwayWhileItWaits_FreesItsPlace()
    {
        var held = new HeldLayer();
        await using Serving server = await Serving.Start(held, [], new ServeOptions { AtATime = 1, Waiting = 1 });
        held.Gate.Reset();
        Task<(int Status, string Body, HttpResponseMessage Answer)> first = server.Post("[1, 0]");
        await server.Until("serve_passes", 1);
        using var source = new CancellationTokenSource();
        Task<(int Status, string Body, HttpResponseMessage Answer)> second = server.Post("[2, 0]", cancellation: source.Token);
        await server.Until("serve_waiting", 1);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await server.Until("serve_waiting", 0);
        await server.Until("serve_errors_total{kind=\"gone\"}", 1);
        held.Gate.Set();
        (await first).Status.ShouldBe(200);
    }

    [Test]
    public async Task Stop_WhileARequestIsUnderWay_FinishesIt()
    {
        var held = new HeldLayer();
        await using Serving server = await Serving.Start(held, []);
        held.Gate.Reset();
        Task<(int Status, string Body, HttpResponseMessage Answer)> request = server.Post("[1, 0]");
        await server.Until("serve_passes", 1);

        Task stopping = server.App.StopAsync();
        held.Gate.Set();

        (await request).Status.ShouldBe(200);
        await stopping;
    }

    [Test]
    public async Task Model_AndHealth_DescribeIt()
    {
        await using Serving server = await Serving.Start(Network(), s_labels);

        (await server.Get("/health")).Body.ShouldBe("""{"ready":true,"model":"model","inputs":4,"outputs":3,"parameters":67}""");
        (await server.Get("/model")).Body.ShouldBe(
            """{"name":"model","input":"4","inputs":4,"outputs":3,"parameters":67,"labels":["daisy","iris","rose"],"layers":[""" +
            """{"name":"0.first","kind":"Linear(4 \u2192 8)","output":"8","parameters":40},{"name":"0.1","kind":"ReLU","output":"8","parameters":0},""" +
            """{"name":"0.2","kind":"Linear(8 \u2192 3)","output":"3","parameters":27},{"name":"1","kind":"Softmax","output":"3","parameters":0}]}""");
        (_, string page, HttpResponseMessage answer) = await server.Get("/metrics");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        page.ShouldContain("# TYPE serve_requests_total counter\n");
        page.ShouldContain("# TYPE serve_request_seconds histogram\n");
        page.ShouldContain("# TYPE serve_waiting gauge\nserve_waiting 0\n");
    }

    [Test]
    public void Model_ThatCannotBeServed_IsRefused()
    {
        Refusal(new ReLU<float>()).ShouldBe("The model 'm', ReLU, does not say how many numbers a sample has: its first layers take any. Say it by --features.");
        Refusal(new Linear<float>(4, 3, new Random(1)), 5).ShouldBe("The model 'm' takes samples of 4 numbers, not of 5.");
        Refusal(new Linear<float>(4, 2, new Random(1))).ShouldBe("The model 'm' has 2 outputs and 3 labels.");

        static string Refusal(Layer<float> network, int? features = null) =>
            Should.Throw<InvalidDataException>(() => new ServedModel("m", new SavedNetwork<float>(network, s_labels, new Dictionary<string, string>()), features)).Message;
    }

    private static Sequential<float> Network()
    {
        var random = new Random(1);
        return new Sequential<float>(("first", new Linear<float>(4, 8, random)), new ReLU<float>(), new Linear<float>(8, 3, random));
    }

    private static void ShouldBeProblem((int Status, string Body, HttpResponseMessage Answer) answer, int status, string kind, string? pointer, string detail)
    {
        answer.Status.ShouldBe(status, answer.Body);
        answer.Answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using JsonDocument document = JsonDocument.Parse(answer.Body);
        JsonElement problem = document.RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("kind").GetString().ShouldBe(kind);
        problem.GetProperty("detail").GetString()!.ShouldContain(detail);
        (problem.TryGetProperty("pointer", out JsonElement place) ? place.GetString() : null).ShouldBe(pointer);
    }
}
