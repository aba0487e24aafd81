using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using NeuralNet.Tests.Docs;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What is written, as others read it: <c>onnx.checker</c> of Debian's python3-onnx finds nothing, and ONNX Runtime computes the same numbers. All models go
/// through one process of each.</summary>
internal sealed partial class OnnxRuntimeTests
{
    /// <summary>The environment variable with the folder in which npm has installed onnxruntime-node.</summary>
    private const string RuntimeFolder = "NEURALNET_TESTS_ONNXRUNTIME";

    private const double Tolerance = 1e-5;

    private string _folder = "";

    [OneTimeSetUp]
    public void WriteModels()
    {
        _folder = Directory.CreateTempSubdirectory("onnx").FullName;
        Write<float>();
        Write<double>();
    }

    [OneTimeTearDown]
    public void DeleteModels() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Save_EveryLayer_IsAModelToTheChecker()
    {
        Run("env", $"-u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE /usr/bin/python3 {Script("onnx_check.py")} {_folder}", "python3-onnx");
        Directory.GetFiles(_folder, "*.wrong").Select(path => $"{Path.GetFileNameWithoutExtension(path)}: {File.ReadAllText(path)}").ShouldBeEmpty();
    }

    [Test]
    public void Save_EveryLayer_ComputesTheSameInOnnxRuntime()
    {
        string? modules = Environment.GetEnvironmentVariable(RuntimeFolder);
        if (string.IsNullOrEmpty(modules))
        {
            Needed.IsMissing($"The npm package onnxruntime-node, in the folder that {RuntimeFolder} names,");
        }

        Run("node", $"{Script("onnx_run.js")} {_folder} {modules}", "onnxruntime-node");
        Compare<float>().ShouldBeEmpty();

        // What ONNX Runtime has in float only.
        Compare<double>().ShouldBe(["Elu", "Erf", "Softplus", "Conv", "ConvTranspose", "AveragePool", "GlobalAveragePool", "GlobalMaxPool"], ignoreOrder: true);
    }

    private static string Script(string name) => Path.Combine(Page.Root, "NeuralNet.Tests", "Reference", name);

    private static void Run(string program, string arguments, string needed)
    {
        (int exitCode, string errors) = ExternalProgram.Run(program, arguments, "");
        if (errors.Contains("ModuleNotFoundError", StringComparison.Ordinal) || errors.Contains("No such file", StringComparison.Ordinal))
        {
            Needed.IsMissing(needed);
        }

        exitCode.ShouldBe(0, errors);
    }

    private string Stem<T>(int model) => Path.Combine(_folder, $"{typeof(T).Name}-{model:D3}");

    private void Write<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        int model = 0;
        foreach (OnnxCase<T> item in OnnxCatalogue.All<T>())
        {
            string stem = Stem<T>(model++);
            OnnxFile.Save(item.Network, stem + ".onnx", new OnnxExportOptions { InputShape = item.Sample });
            File.WriteAllText(stem + ".input", $"{(typeof(T) == typeof(float) ? "float32" : "float64")} {item.Input.RowCount} {item.Input.ColumnCount}\n"
                + string.Join(' ', item.Input.ToRowMajorArray().Select(number => number.ToString("R", CultureInfo.InvariantCulture))));
        }
    }

    // Compares outputs, and gives the operators that the runtime lacks in the element type.
    private HashSet<string> Compare<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int model, double worst, List<string> wrong, HashSet<string> missing) = (0, 0, [], []);
        foreach (OnnxCase<T> item in OnnxCatalogue.All<T>())
        {
            string stem = Stem<T>(model++);
            if (!File.Exists(stem + ".output"))
            {
                string error = File.ReadAllText(stem + ".error");
                Match unknown = MissingOperator().Match(error);
                (unknown.Success ? (ICollection<string>)missing : wrong).Add(unknown.Success ? unknown.Groups[1].Value : $"{item.Name}: {error}");
                continue;
            }

            double deviation = Deviation(item, File.ReadAllLines(stem + ".output"));
            worst = Math.Max(worst, deviation);
            if (!(deviation < Tolerance))
            {
                wrong.Add($"{item.Name}: deviates by {deviation:E2}");
            }
        }

        wrong.ShouldBeEmpty();
        TestContext.Out.WriteLine($"{typeof(T).Name}: {model} models, largest deviation {worst:E2}");
        return missing;
    }

    // Relative, or absolute below 1.
    private static double Deviation<T>(OnnxCase<T> item, string[] output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> expected = item.Network.Forward(item.Input);
        output[0].Split(' ')[1..].ShouldBe([$"{expected.RowCount}", $"{expected.ColumnCount}"], item.Name);
        return output[1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))
            .Zip(expected.ToRowMajorArray().Select(double.CreateChecked), (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(b))).Max();
    }

    [GeneratedRegex(@"^Could not find an implementation for (\w+)\(")]
    private static partial Regex MissingOperator();
}
