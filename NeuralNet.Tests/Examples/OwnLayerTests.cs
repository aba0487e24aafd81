using NeuralNet.Core;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Examples;

/// <summary>The program, and the layer's own errors; what is common to all layers is tested through the catalogue.</summary>
internal sealed class OwnLayerTests
{
    [Test]
    public void Run_WithAFile_TrainsAsLinearDoesAndWritesThePicture()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "own-layer.svg");
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("OwnLayer", $"\"{file}\"");

        exitCode.ShouldBe(0, errors);
        lines.ShouldContain(line => line.StartsWith("Gradient check of Affine(3 → 2): passed", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("Gradient check of loss = sum of squares(n4): passed", StringComparison.Ordinal));
        lines.ShouldContain("  all 1001 losses of the same bits: yes");
        lines.ShouldContain("  allocated by the last 100 steps: 0 bytes");

        // A turn by 45°, since twice that is one by 90°: cos 45° = sin 45° = √½ = 0.70710678.
        int weight = Array.FindIndex(lines, line => line.StartsWith("  the optimiser moved once.weight and once.bias", StringComparison.Ordinal));
        lines[(weight + 1)..(weight + 3)].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ShouldBe([["0.7071", "0.7071"], ["-0.7071", "0.7071"]]);

        lines.Count(line => line.Contains("ratio", StringComparison.Ordinal)).ShouldBe(6);
        File.ReadAllText(file).ShouldStartWith("<svg");
        File.Delete(file);
    }

    [TestCase("a.svg b.svg", "'b.svg' is one argument too many")]
    [TestCase("--picture", "'--picture' is not an option")]
    [TestCase("/dev/null/a.svg", "'/dev/null/a.svg' cannot be written")]
    [TestCase("/", "'/' cannot be written")]
    public void Run_CommandLineThatIsNotUnderstood_SaysWhyAndHowBeforeItWorks(string arguments, string part)
    {
        (int exitCode, string[] lines, string errors) = ExampleProgram.Run("OwnLayer", arguments);

        exitCode.ShouldBe(2);
        errors.ShouldContain(part);
        errors.ShouldContain("usage: OwnLayer [FILE]");
        lines.ShouldBe([""]);
    }

    [Test]
    public void Forward_WrongWidth_NamesTheLayerAndBothShapesAsLinearDoes()
    {
        Matrix<float> input = Some.Matrix<float>(32, 100);
        string own = Should.Throw<ArgumentException>(() => new Affine<float>(784, 128, new Random(1)).Forward(input)).Message;
        own.ShouldStartWith("Affine(784 → 128) expects input [N×784], got [32×100].");
        own.Replace("Affine", "Linear", StringComparison.Ordinal)
            .ShouldBe(Should.Throw<ArgumentException>(() => new Linear<float>(784, 128, new Random(1)).Forward(input)).Message);
    }

    [TestCase(0, 5, "inputs")]
    [TestCase(-1, 5, "inputs")]
    [TestCase(5, 0, "outputs")]
    public void Constructor_SizeBelowOne_IsRefused(int inputs, int outputs, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Affine<float>(inputs, outputs, new Random(1))).ParamName.ShouldBe(name);

    [Test]
    public void Constructor_BiasOfAnotherWidth_NamesBothShapes() =>
        Should.Throw<ArgumentException>(() => new Affine<float>(Some.Matrix<float>(3, 4), Some.Matrix<float>(1, 5)))
            .Message.ShouldContain("Affine(3 → 4) expects bias [1×4], got [1×5]");

    [Test]
    public void Constructor_SameSeedAsLinear_DrawsTheSameWeights() =>
        new Affine<float>(30, 40, new Random(5)).Parameters[0].Parameter.Value.ShouldBe(new Linear<float>(30, 40, new Random(5)).Weight.Value);

    [Test]
    public void Backward_CacheOfAnotherLayer_IsRefused()
    {
        Affine<float> first = new(3, 2, new Random(1)), second = new(3, 2, new Random(2));
        var cache = new Cache<float>();
        first.Forward(Some.Matrix<float>(4, 3), cache);
        Should.Throw<InvalidOperationException>(() => second.Backward(Some.Matrix<float>(4, 2), cache))
            .Message.ShouldBe("Backward of Affine(3 → 2) was given the cache of another Affine(3 → 2). Pass the cache that its own Forward received.");
    }
}
