using System.Globalization;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Data;

namespace NeuralNet.Tests.Examples;

internal sealed class MnistTests
{
    [Test]
    public void Run_NoArguments_LearnsTheDrawnDigits()
    {
        (int exitCode, string[] lines, _) = ExampleProgram.Run("Mnist");
        exitCode.ShouldBe(0);
        lines[0].ShouldStartWith("provider: ");
        lines[1].ShouldContain("--data");
        lines.ShouldContain(line => line.Contains("Linear(784 → 256)"));
        lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ShouldBe(8);
        lines[^1].ShouldMatch(@"^test accuracy: 0\.\d{4}$");
        double.Parse(lines[^1].AsSpan(15), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(0.97);
    }

    [Test]
    public void Run_SameSeed_PrintsTheSameLossesAtAnyNumberOfProcessors()
    {
        string[] first = Losses("--seed 5");
        first.Length.ShouldBe(2);
        Losses("--seed 5").ShouldBe(first);
        Losses("--seed 5", ("DOTNET_PROCESSOR_COUNT", "1")).ShouldBe(first);
        Losses("--seed 6").ShouldNotBe(first);
    }

    [TestCase("--optimizer sgd")]
    [TestCase("--optimizer adamw --dropout 0.2 --batch 128")]
    public void Run_ByTheTrainer_PrintsTheFiguresOfTheLoop(string arguments)
    {
        string[] losses = Losses(arguments);

        losses.Length.ShouldBe(2);
        Losses($"{arguments} --trainer").ShouldBe(losses);
    }

    [Test]
    public void Run_AdamWWithDropout_LearnsAndRepeatsItselfForASeed()
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Mnist", "--optimizer adamw --dropout 0.2 --epochs 5");

        exitCode.ShouldBe(0, errors);
        lines.ShouldContain(line => line.Contains("Dropout(0.1)", StringComparison.Ordinal));
        lines.Count(line => line.Contains("Dropout(0.2)", StringComparison.Ordinal)).ShouldBe(2);
        double.Parse(lines[^1].AsSpan(15), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(0.97);
        string[] first = Losses("--optimizer adamw --dropout 0.5 --seed 3");
        Losses("--optimizer adamw --dropout 0.5 --seed 3", ("DOTNET_PROCESSOR_COUNT", "1")).ShouldBe(first);
        Losses("--optimizer adamw --dropout 0.4 --seed 3").ShouldNotBe(first);
    }

    [Test]
    public void Run_Report_WritesAPageWithCurvesAndDigits()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "mnist-report.html");
        (int exitCode, _, string errors) = ExampleProgram.Run("Mnist", $"--trainer --epochs 2 --dropout 0.2 --report \"{file}\"");

        exitCode.ShouldBe(0, errors);
        string page = File.ReadAllText(file);
        File.Delete(file);
        page.ShouldContain("Handwritten digits");
        page.ShouldContain("drawn by the program");
        page.ShouldContain("data:image/png;base64,");
        page.ShouldContain("</html>");
    }

    [Test]
    public void Run_InterruptedAndResumed_PrintsTheFiguresOfTheWholeAndSavesTheNetwork()
    {
        using var folder = new TemporaryFolder();
        string[] whole = Lines("--epochs 12 --dropout 0.2 --trainer");
        (int exitCode, string[] first, string errors) = ExampleProgram.RunAndInterrupt(
            "Mnist", $"--epochs 12 --dropout 0.2 --checkpoint \"{folder["runs"]}\"", line => line.StartsWith("epoch 2/12  loss", StringComparison.Ordinal));
        exitCode.ShouldBe(1);
        errors.ShouldMatch("^error: interrupted after [0-9]+ steps; --checkpoint .* --resume goes on from there.");

        string[] second = Lines($"--epochs 12 --dropout 0.2 --checkpoint \"{folder["runs"]}\" --resume --save \"{folder["digits.safetensors"]}\"");

        Epochs(first).Concat(Epochs(second)).Distinct().ShouldBe(Epochs(whole));
        second[^1].ShouldBe(whole[^1]);
        SavedNetwork<float> saved = NetworkFile.Open<float>(folder["digits.safetensors"]);
        saved.Labels.Count.ShouldBe(10);
        saved.Network.Parameters.Count.ShouldBe(6);

        static string[] Lines(string arguments)
        {
            (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Mnist", arguments);
            exitCode.ShouldBe(0, errors);
            return lines;
        }

        static string[] Epochs(string[] lines) =>
            [.. lines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf("  ", StringComparison.Ordinal)])];
    }

    [TestCase("mkl")]
    [TestCase("openblas")]
    [TestCase("managed")]
    public void Run_AnotherProvider_LearnsAsWell(string provider)
    {
        Provider.Require(provider);
        (int exitCode, string[] lines, _) = ExampleProgram.Run("Mnist", $"--provider {provider} --layers 2 --epochs 3");
        exitCode.ShouldBe(0);
        lines[0].ShouldStartWith($"provider: {provider} ");
        double.Parse(lines[^1].AsSpan(15), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(0.97);
    }

    [TestCase("--resume", "--resume goes with --checkpoint DIR")]
    [TestCase("--epochs x", "'x'", "--epochs")]
    [TestCase("--epochs 0", "--epochs must be 1 or more, got 0")]
    [TestCase("--batch -1", "--batch must be 1 or more, got -1")]
    [TestCase("--layers 4", "--layers must be 2 or 3, got 4")]
    [TestCase("--seed y", "'y'", "--seed")]
    [TestCase("--epoch 3", "--epoch")]
    [TestCase("--provider cuda", "no provider 'cuda'", "auto, simd, mkl, openblas, managed")]
    [TestCase("--learning-rate -1", "--learning-rate", "'-1'")]
    [TestCase("--learning-rate 0,05", "--learning-rate", "decimal point", "'0,05'")]
    [TestCase("--learning-rate 1,000.5", "--learning-rate", "'1,000.5'")]
    [TestCase("--learning-rate NaN", "--learning-rate", "'NaN'")]
    [TestCase("--learning-rate 1e99", "--learning-rate", "'1e99'")]
    [TestCase("--learning-rate", "--learning-rate")]
    [TestCase("--epochs 1,0", "'1,0'", "--epochs")]
    [TestCase("--epochs 2 --learning-rate 5", "the loss of epoch 1 is", "Lower --learning-rate, which was 5")]
    [TestCase("--trainer --epochs 2 --learning-rate 5", "the loss of epoch 1 is", "Lower --learning-rate, which was 5")]
    [TestCase("--trainer --epochs 1 --learning-rate 1e9", "Training stopped at step", "Linear(")]
    [TestCase("--optimizer adam", "'adam'", "'sgd'", "'adamw'")]
    [TestCase("--optimizer", "--optimizer")]
    [TestCase("--dropout 1", "--dropout must be 0 or more and below 1", "'1'")]
    [TestCase("--dropout -0.1", "--dropout", "'-0.1'")]
    [TestCase("--dropout 0,2", "--dropout", "decimal point", "'0,2'")]
    [TestCase("--dropout NaN", "--dropout", "'NaN'")]
    [TestCase("--report a.html", "--report goes with --trainer")]
    [TestCase("--trainer --report /dev/null/a.html", "--report: '/dev/null/a.html' cannot be written")]
    [TestCase("--data does-not-exist", "'does-not-exist'", "train-images-idx3-ubyte")]
    [TestCase("--epochs 1 --learning-rate 1e9", "Training stopped at step", "Linear(", "lower the learning rate")]
    public void Run_BadArgument_NamesItAndFailsWithoutAStackTrace(string arguments, params string[] parts) => ShouldFail(arguments, parts);

    [Test]
    public void Run_LearningRateWithAPoint_IsTakenInAnyLanguage()
    {
        string[] rates = ["0.01", "1e-2"];
        string[] losses = [.. rates.Select(rate => Losses($"--layers 2 --learning-rate {rate}", ("LC_ALL", "de_DE.UTF-8"))[^1])];
        losses[0].ShouldBe(losses[1]);
    }

    [Test]
    public void Run_Help_ListsTheOptions()
    {
        (int exitCode, string[] lines, _) = ExampleProgram.Run("Mnist", "--help");
        exitCode.ShouldBe(0);
        string.Join('\n', lines).ShouldContain("--learning-rate");
    }

    [Test]
    public void Run_UnknownProviderInTheEnvironment_NamesItAndFails() =>
        ShouldFail("", ["no provider 'abc'", "available here: simd"], ("NEURALNET_PROVIDER", "abc"));

    [Test]
    public void Run_ProviderFromTheEnvironment_IsTakenAndSaid()
    {
        (_, string[] lines, _) = ExampleProgram.Run("Mnist", "--epochs 1", ("NEURALNET_PROVIDER", "simd"));
        lines[0].ShouldEndWith("asked for by NEURALNET_PROVIDER");
    }

    [Test]
    public void Run_FileMissing_NamesFolderAndFile()
    {
        using var folder = new IdxFolder();
        ShouldFail($"--data \"{folder.Path}\"", [folder.Path, "train-images-idx3-ubyte"]);
    }

    [Test]
    public void Run_FileIsNotIdx_NamesTheFile()
    {
        using var folder = new IdxFolder();
        folder.Write("train-images-idx3-ubyte.gz", "not a gzip file at all"u8.ToArray(), asIs: true);
        folder.Write("train-labels-idx1-ubyte.gz", IdxFolder.Idx(IdxFolder.LabelsMagic, [1], 0));
        folder.Write("t10k-images-idx3-ubyte.gz", IdxFolder.Idx(IdxFolder.ImagesMagic, [1, 1, 1], 0));
        folder.Write("t10k-labels-idx1-ubyte.gz", IdxFolder.Idx(IdxFolder.LabelsMagic, [1], 0));
        ShouldFail($"--data \"{folder.Path}\"", ["train-images-idx3-ubyte.gz"]);
    }

    private static void ShouldFail(string arguments, string[] parts, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (int exitCode, _, string errors) = ExampleProgram.Run("Mnist", arguments, environment);
        exitCode.ShouldNotBe(0);
        errors.ShouldNotContain("   at ");
        errors.ShouldNotContain("Unhandled");
        foreach (string part in parts)
        {
            errors.ShouldContain(part);
        }
    }

    // What is before the time an epoch took.
    private static string[] Losses(string arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("Mnist", $"--epochs 2 {arguments}", environment);
        exitCode.ShouldBe(0, errors);
        return [.. lines.Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf("  test", StringComparison.Ordinal)])];
    }
}
