using System.CommandLine;
using System.Globalization;
using NeuralNet.Core.Operations;
using NeuralNet.Examples;
using NeuralNet.Examples.Serve;

var defaults = new ServeOptions();
var file = new Option<string?>("--model") { Description = "File of a network, as network.Save wrote it. Without it, the program trains a small one and saves it." };
var output = new Option<string>("--out") { Description = "File that the small network is saved in.", DefaultValueFactory = _ => "flowers.safetensors" };
var features = new Option<int?>("--features") { Description = "Numbers of a sample, for a network that takes any, such as one that begins with an embedding." };
var url = new Option<string>("--urls") { Description = "Address to listen at, http://HOST:PORT.", DefaultValueFactory = _ => defaults.Url };
Option<int> mostSamples = Number("--max-samples", "Most samples of a request.", defaults.MostSamples, 1);
Option<int> mostBytes = Number("--max-bytes", "Most bytes of a request.", defaults.MostBytes, 1);
Option<int> atATime = Number("--at-a-time", "Requests that go through the network at a time.", defaults.AtATime, 1);
Option<int> waiting = Number("--waiting", "Requests that wait for that; more are refused.", defaults.Waiting, 0);
Option<int> threads = Number("--threads", "Threads that share the work of one request. Several requests at a time keep the processors busy by themselves.", 1, 1);
var command = new RootCommand("Serves a saved network over HTTP.") { file, output, features, url, mostSamples, mostBytes, atATime, waiting, threads };
command.SetAction(async (line, _) =>
{
    var options = new ServeOptions
    {
        Url = line.GetValue(url)!,
        MostSamples = line.GetValue(mostSamples),
        MostBytes = line.GetValue(mostBytes),
        AtATime = line.GetValue(atATime),
        Waiting = line.GetValue(waiting),
    };
    ComputeThreads.Count = Math.Min(line.GetValue(threads), Environment.ProcessorCount);
    await Run(ModelOf(line.GetValue(file), line.GetValue(output)!, line.GetValue(features)), options);
});
try
{
    // Ctrl-C and a request to end are the server's: it finishes what is under way.
    return await command.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or InvalidOperationException or FormatException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static ServedModel ModelOf(string? path, string output, int? features)
{
    if (path is null)
    {
        if (Usage.ProblemOfWriting(output) is string problem)
        {
            throw new IOException($"--out: {problem}");
        }

        FlowerModel.Train(path = output);
        Console.WriteLine($"trained a small network, saved in {path} (for one of your own, pass --model FILE)");
    }

    return ServedModel.Open(path, features);
}

static async Task Run(ServedModel model, ServeOptions options)
{
    // Kestrel would take a port that is none for a part of the host's name, and listen to the whole world at port 80.
    if (!Uri.TryCreate(options.Url, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttp || address.PathAndQuery != "/")
    {
        throw new ArgumentException($"--urls: '{options.Url}' is no address such as http://127.0.0.1:5080; for https, put a proxy in front.");
    }

    await using WebApplication app = ServeApp.Build(model, options);
    await app.StartAsync();
    string url = app.Urls.First();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"serving {model.Name}, {model.Inputs} numbers to {model.Outputs}, at {url}; Ctrl-C ends it"));
    const int Shown = 20;
    string sample = string.Join(", ", Enumerable.Repeat("1", Math.Min(model.Inputs, Shown)));
    Console.WriteLine(model.Inputs <= Shown
        ? $"try: curl {url}/predict -H 'Content-Type: application/json' -d '[{sample}]'"
        : $"try: curl {url}/model");
    await app.WaitForShutdownAsync();
    Console.WriteLine("ended");
}

static Option<int> Number(string name, string description, int value, int least)
{
    var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
    option.Validators.Add(result =>
    {
        if (!result.Errors.Any() && result.GetValueOrDefault<int>() < least)
        {
            result.AddError($"{name}: {result.GetValueOrDefault<int>()} is below {least}.");
        }
    });
    return option;
}
