using System.Diagnostics;
using System.Text;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Examples;

/// <summary>The program of examples/Serve: how it begins, and how it ends.</summary>
internal sealed class ServeProgramTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    // Ended as a container's runtime ends it.
    [Test]
    [Platform(Exclude = "Win")]
    public async Task Run_WithoutAModel_TrainsOneServesItAndEndsWhenAsked()
    {
        using Process process = ExampleProgram.Start("Serve", $"--urls http://127.0.0.1:0 --out \"{_folder["flowers.safetensors"]}\"");
        string line = "";
        while (!line.StartsWith("try: curl ", StringComparison.Ordinal))
        {
            line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        }

        using var client = new HttpClient();
        using var content = new StringContent(line.Split('\'')[^2], Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri(line.Split(' ')[2]), content);
        string body = await answer.Content.ReadAsStringAsync();
        using Process kill = Process.Start("kill", $"-TERM {process.Id}");
        string rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        ((int)answer.StatusCode).ShouldBe(200, body);
        body.ShouldStartWith("{\"labels\":[\"daisy\",\"iris\",\"rose\"],\"predictions\":[{\"label\":");
        rest.ShouldBe("ended\n");
        process.ExitCode.ShouldBe(0);
        NetworkFile.Open<float>(_folder["flowers.safetensors"]).Labels.ShouldBe(["daisy", "iris", "rose"]);
    }

    [Test]
    public void Run_ModelThatIsDamaged_SaysSoAndFails()
    {
        new Linear<float>(3, 2, new Random(1)).Save(_folder["model.safetensors"]);
        byte[] bytes = File.ReadAllBytes(_folder["model.safetensors"]);
        File.WriteAllBytes(_folder["model.safetensors"], bytes[..^5]);

        ShouldFail($"--model \"{_folder["model.safetensors"]}\"", "model.safetensors'");
    }

    [TestCase("--model does-not-exist.safetensors", "does-not-exist.safetensors")]
    [TestCase("--model does-not-exist.safetensors --threads 0", "--threads: 0 is below 1.")]
    [TestCase("--out /dev/null/a.safetensors", "--out: '/dev/null/a.safetensors' cannot be written")]
    [TestCase("--out {0}/a.safetensors --urls https://127.0.0.1:5080", "for https, put a proxy in front")]
    [TestCase("--out {0}/a.safetensors --urls http://127.0.0.1:x", "--urls: 'http://127.0.0.1:x' is no address")]
    [TestCase("--out {0}/a.safetensors --urls http://127.0.0.1:5080/model", "is no address")]
    [TestCase("--port 8", "'--port'")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, string part) =>
        ShouldFail(arguments.Replace("{0}", _folder.Path, StringComparison.Ordinal), part);

    private static void ShouldFail(string arguments, string part)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Serve", arguments);
        exitCode.ShouldBe(1);
        errors.ShouldContain(part);
        errors.ShouldNotContain("   at ");
    }
}
