using NeuralNet.Core.Operations;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>What attention and the order of heads must not be given, since their kernels do not look: by the whole message.</summary>
internal sealed class AttentionRefusalTests
{
    // Channels that are no multiple of the width, steps that are no whole samples, and sizes of none.
    [TestCase(6, 1, 4, 3)]
    [TestCase(6, 2, 2, 2)]
    [TestCase(6, 0, 2, 2)]
    [TestCase(6, 1, 0, 2)]
    [TestCase(6, 1, 2, 0)]
    [TestCase(0, 1, 2, 2)]
    public void Heads_SizesThatDoNotFit_AreRefusedWithThem(int length, int samples, int channels, int width)
    {
        double[] steps = new double[length], panels = new double[length];
        string message = $"Steps are [(N·T)×C] with C a multiple of a head's width; got {length} elements for N = {samples}, C = {channels} and heads of {width}. (Parameter 'steps')";
        Refusal(() => AttentionOperations.ToHeads<double>(steps, samples, channels, width, panels)).ShouldBe(message);
        Refusal(() => AttentionOperations.FromHeads<double>(panels, samples, channels, width, steps)).ShouldBe(message);
    }

    // One head of one channel is the same order both ways.
    [Test]
    public void Heads_OneChannel_AreTheStepsThemselves()
    {
        double[] steps = [1, 2, 3], panels = new double[3];
        AttentionOperations.ToHeads<double>(steps, 1, 1, 1, panels);
        panels.ShouldBe(steps);
    }

    // Widths that are no pairs, no panels, no whole steps, angles of other numbers, and more steps than there are angles for.
    [TestCase(8, 2, 1, 4, 4, 0)]
    [TestCase(9, 1, 3, 3, 3, 0)]
    [TestCase(8, 0, 4, 8, 8, 0)]
    [TestCase(9, 1, 4, 8, 8, 0)]
    [TestCase(8, 1, 4, 8, 6, 0)]
    [TestCase(8, 1, 4, 7, 7, 0)]
    [TestCase(8, 1, 4, 8, 8, -1)]
    [TestCase(16, 1, 4, 8, 8, 1)]
    public void Rotate_SizesThatDoNotFit_AreRefusedWithThem(int length, int count, int width, int cosines, int sines, int first) =>
        Refusal(() => AttentionOperations.Rotate<double>(new double[length], count, width, new double[cosines], new double[sines], first, isBack: false)).ShouldBe(
            $"A rotation needs {count} panels of an even width, got {length} elements of width {width}, and angles for each step from {first} on, " +
            $"got {cosines} cosines and {sines} sines. (Parameter 'panels')");

    private static IEnumerable<AttentionShape> Impossible() =>
    [
        new(-1, 1, 1, 1, 1, false), new(1, 0, 1, 1, 1, false), new(1, 1, 0, 1, 1, false), new(1, 1, 1, 0, 1, false), new(1, 1, 1, 1, 0, false),
        new(1, 1, 2, 3, 1, false) { KeyStride = 2 }, new(1, 1, 2, 1, 1, true),
    ];

    [TestCaseSource(nameof(Impossible))]
    public void Forward_ImpossibleShape_IsNamed(AttentionShape shape) => Refusal(() => AttentionOperations.Forward<double>(shape, [], [], [], [], [], [])).ShouldBe(
        $"Attention needs heads, queries, keys and a width of 1 or more, and causal no fewer keys than queries; got {shape}. (Parameter 'shape')");

    [Test]
    public void Forward_NoSamples_DoesNothing() =>
        Should.NotThrow(() => AttentionOperations.Forward<double>(new AttentionShape(0, 1, 1, 1, 1, false), [], [], [], [], [], []));

    [Test]
    public void Forward_LengthThatDoesNotFit_IsNamed()
    {
        var shape = new AttentionShape(2, 2, 3, 3, 2, IsCausal: false);
        double[] fits = new double[24];
        Refusal(() => AttentionOperations.Forward<double>(shape, new double[23], fits, fits, [], [], new double[24]))
            .ShouldBe($"query must have 24 elements for {shape}, got 23. (Parameter 'query')");
        Refusal(() => AttentionOperations.Forward<double>(shape, fits, fits, fits, new double[5], [], new double[24]))
            .ShouldBe($"presence must have 6 elements for {shape}, got 5. (Parameter 'presence')");
    }

    [Test]
    public void Forward_OutputInTheMemoryOfAnOperand_NamesIt()
    {
        var shape = new AttentionShape(1, 1, 2, 2, 2, IsCausal: false);
        double[] a = new double[4], b = new double[4], c = new double[4];
        const string None = "is read, so the two must not share memory.";
        Refusal(() => AttentionOperations.Forward<double>(shape, a, b, c, [], [], a)).ShouldBe($"output is written while what belongs to queries or keys {None}");
        Refusal(() => AttentionOperations.Forward<double>(shape, a, b, c, [], [], b)).ShouldBe($"output is written while what belongs to keys {None}");
        Refusal(() => AttentionOperations.Forward<double>(shape, a, b, c, [], [], c)).ShouldBe($"output is written while what belongs to values {None}");
    }

    // 2 panels of 2³⁰ elements, and one of 2³⁰ columns of two.
    [TestCase(2, 1)]
    [TestCase(1, 2)]
    public void Forward_MoreElementsThanThereAreNumbersFor_Overflows(int samples, int width)
    {
        AttentionShape shape = new(samples, 1, 1, 1, width, false) { KeyStride = 1 << 30 };
        Should.Throw<OverflowException>(() => AttentionOperations.Forward<double>(shape, new double[2], [], [], [], [], new double[2]));
    }

    private static string Refusal(Action action) => Should.Throw<ArgumentException>(action).Message;
}
