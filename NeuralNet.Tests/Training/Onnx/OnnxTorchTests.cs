using System.Globalization;
using NeuralNet.Core;
using NeuralNet.Tests.Docs;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Onnx;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Models that PyTorch 1.13 writes (<c>Reference/onnx_torch.py</c>): they compute what they compute there, and can be trained on.</summary>
internal sealed class OnnxTorchTests
{
    private const double Tolerance = 1e-5;

    private static readonly string[] Models =
    [
        "mlp", "mlp of operator set 13", "batch norm", "batch norm first", "layer norm", "activations", "residual", "heads", "gated", "words", "channels", "images", "images, pooled",
        "images, transposed", "sequences", "double",
    ];

    private string _folder = "";

    [OneTimeSetUp]
    public void WriteModels()
    {
        _folder = Directory.CreateTempSubdirectory("onnx").FullName;
        (int exitCode, string errors) = ExternalProgram.Run(
            "env", $"-u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE /usr/bin/python3 {Path.Combine(Page.Root, "NeuralNet.Tests", "Reference", "onnx_torch.py")} {_folder}", "");
        if (errors.Contains("ModuleNotFoundError", StringComparison.Ordinal) || errors.Contains("No such file", StringComparison.Ordinal))
        {
            Needed.IsMissing("python3-torch");
        }

        exitCode.ShouldBe(0, errors);
    }

    [OneTimeTearDown]
    public void DeleteModels() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Models_OfTheScript_AreAllTested() =>
        Directory.GetFiles(_folder, "*.onnx").Select(Path.GetFileNameWithoutExtension).ShouldBe(Models, ignoreOrder: true);

    [TestCaseSource(nameof(Models))]
    public void Load_AModelOfPyTorch_ComputesWhatPyTorchComputes(string model)
    {
        (Matrix<double> input, Matrix<double> expected) = Read(model);
        Layer<double> network = OnnxFile.Load<double>(Path.Combine(_folder, model + ".onnx"));
        Check(network.Forward(input), expected);
        Check(OnnxFile.Load<float>(Path.Combine(_folder, model + ".onnx")).Forward(input.Map(number => (float)number)).Map(number => (double)number), expected);
    }

    [TestCaseSource(nameof(Models))]
    public void Load_AModelOfPyTorch_CanBeTrained(string model)
    {
        (Matrix<double> input, Matrix<double> output) = Read(model);
        Layer<double> network = OnnxFile.Load<double>(Path.Combine(_folder, model + ".onnx"));
        var loss = new MeanSquaredError<double>();
        var optimizer = new SGD<double>(network.Parameters, 0.01);
        // As much up as down, so that probabilities can go there too.
        Matrix<double> target = output.MapIndexed((_, column, value) => value + (column % 2 == 0 ? 0.1 : -0.1));
        var losses = new List<double>();
        (Cache<double> cache, Cache<double> lossCache) = (new(training: false, keeps: true), new());
        for (int step = 0; step < 5; step++)
        {
            losses.Add(loss.Forward(network.Forward(input, cache), target, lossCache));
            network.ZeroGradients();
            loss.Backward(lossCache, network, cache);
            optimizer.Step();
        }

        losses.ShouldBe(losses.OrderDescending());
        losses[^1].ShouldBeLessThan(losses[0]);
    }

    private (Matrix<double> Input, Matrix<double> Output) Read(string model)
    {
        string[] lines = File.ReadAllLines(Path.Combine(_folder, model + ".txt"));
        return (Rows(lines[0]), Rows(lines[1]));
    }

    private static Matrix<double> Rows(string line)
    {
        string[] parts = line.Split('|');
        double[] numbers = [.. parts[1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        int rows = int.Parse(parts[0].Split(' ')[0], CultureInfo.InvariantCulture);
        return Matrices.FromRows<double>(rows, numbers.Length / rows, numbers);
    }

    private static void Check(Matrix<double> actual, Matrix<double> expected)
    {
        actual.Shape().ShouldBe(expected.Shape());
        for (int i = 0; i < expected.RowCount * expected.ColumnCount; i++)
        {
            actual.AsSpan()[i].ShouldBe(expected.AsSpan()[i], Tolerance * Math.Max(1, Math.Abs(expected.AsSpan()[i])));
        }
    }
}
