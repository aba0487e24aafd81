using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Convolutions and their gradients against plain loops in double, in shapes of all kinds, and what they refuse.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ConvolutionOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly ConvolutionShape Small = new(SampleShape.Image(2, 4, 5), 3, new Window(3, padding: 1));

    private static double Tolerance => typeof(T) == typeof(float) ? 1e-5 : 1e-13;

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case(SampleShape.Image(1, 28, 28), 8, new(5, padding: 2), 1, 1, 3, 64);
        yield return Case(SampleShape.Image(8, 14, 14), 16, new(5, padding: 2), 1, 1, 33, 64);
        yield return Case(SampleShape.Image(5, 7, 9), 13, new(3, padding: 1), 1, 1, 7, 31, 32, 47, 100);
        yield return Case(SampleShape.Image(33, 5, 4), 17, new(3, padding: 1), 1, 16, 35);
        yield return Case(SampleShape.Image(16, 4, 6), 40, new(3, padding: (0, 2)), 1, 33);
        yield return Case(SampleShape.Image(3, 1, 1), 4, new(3, padding: 1), 1, 1, 40);
        yield return Case(SampleShape.Image(2, 9, 8), 25, new((1, 4), new Extent(2, 3), (0, 2)), 1, 1, 35);
        yield return Case(SampleShape.Image(4, 8, 9), 6, new((3, 2), new Extent(3, 2), (2, 4), new Extent(2, 3)), 2, 1, 17, 65);
        yield return Case(SampleShape.Image(2, 7, 7), 3, new(2, 4), 1, 2, 37);
        yield return Case(SampleShape.Image(2, 3, 3), 3, new(2, 3, 3), 1, 2, 37);
        yield return Case(SampleShape.Image(7, 6, 5), 7, new(3, padding: 1), 7, 2, 64);
        yield return Case(SampleShape.Image(6, 5, 4), 12, new(1), 1, 1, 37);
        yield return Case(SampleShape.Image(6, 5, 4), 4, new(1, 2), 2, 1, 37);
        yield return Case(SampleShape.Sequence(3, 29), 5, new(4, 2, 3, 2), 1, 1, 37);
        yield return Case(SampleShape.Sequence(6, 1), 4, new(1), 1, 1, 50);
        yield return Case(SampleShape.Sequence(40, 33), 30, new(7, padding: 3), 1, 2, 66);

        static TestCaseData Case(SampleShape input, int outputs, Window window, int groups, params int[] samples) => new(
            new ConvolutionShape(input, outputs, window, groups), samples)
        { TestName = $"Passes_AnyShape_AgreeWithLoops({input} to {outputs}, {window.Kernel}, {window.Stride}, {window.Padding}, {window.Dilation}, {groups})" };
    }

    [TestCaseSource(nameof(Shapes))]
    public void Passes_AnyShape_AgreeWithLoops(ConvolutionShape shape, int[] samples)
    {
        foreach (int n in samples)
        {
            var expected = new ConvolutionLoops<T>(shape, n);
            Matrix<T> y = Matrices.Zeros<T>(n, shape.Output.Size), dx = Matrices.Zeros<T>(n, shape.Input.Size), dw = expected.Weight.Clone(), db = expected.Bias.Clone();
            ConvolutionOperations.Forward(shape, expected.Input, expected.Weight, expected.Bias, y);
            ConvolutionOperations.BackwardInput(shape, expected.Upstream, expected.Weight, dx);
            ConvolutionOperations.BackwardWeight(shape, expected.Input, expected.Upstream, dw, T.CreateChecked(0.5));
            ConvolutionOperations.BackwardBias(shape.Output, expected.Upstream, db, T.One);
            ShouldAgree(y, expected.Output, shape.WeightRows);
            ShouldAgree(dx, expected.Downstream, shape.WeightRows * shape.Output.Channels);
            ShouldAgree(dw, expected.OfWeight, n * shape.Output.Positions);
            ShouldAgree(db, expected.OfBias, n * shape.Output.Positions);
        }
    }

    [Test]
    public void Passes_NoSamples_GiveNoGradient()
    {
        Matrix<T> weight = Some.Matrix<T>(18, 3), gradient = Some.Matrix<T>(18, 3), none = Matrices.Zeros<T>(0, 40);
        ConvolutionOperations.Forward(Small, none, weight, null, Matrices.Zeros<T>(0, 60));
        ConvolutionOperations.BackwardInput(Small, Matrices.Zeros<T>(0, 60), weight, none);
        ConvolutionOperations.BackwardWeight(Small, none, Matrices.Zeros<T>(0, 60), gradient);
        gradient.AsSpan().IndexOfAnyExcept(T.Zero).ShouldBe(-1);
    }

    // A window that reaches nothing but padding: 2 positions, 3 apart, of which the first lies before the image.
    [Test]
    public void Forward_WindowOfNothingButPadding_GivesTheBias()
    {
        var shape = new ConvolutionShape(SampleShape.Sequence(1, 1), 1, new Window(1, 3, 2));
        Matrix<T> output = Matrices.Zeros<T>(2, 2);
        ConvolutionOperations.Forward(shape, Some.Matrix<T>(2, 1), Some.Matrix<T>(1, 1), Matrices.FromRows<T>(1, 1, [T.CreateChecked(7)]), output);
        output.AsSpan().IndexOfAnyExcept(T.CreateChecked(7)).ShouldBe(-1);
    }

    // Zeros times infinity would be NaN: what is beside a value must not be read as if it were a part of the sum.
    [Test]
    public void BackwardWeight_InfiniteInput_ReachesOnlyWhatItIsMultipliedBy()
    {
        var shape = new ConvolutionShape(SampleShape.Image(2, 3, 3), 2, new Window(2));
        Matrix<T> input = Some.Matrix<T>(3, 18), gradient = Matrices.Zeros<T>(8, 2);
        input[1, 8] = T.PositiveInfinity;
        ConvolutionOperations.BackwardWeight(shape, input, Some.Matrix<T>(3, 8, 2), gradient);
        gradient.EnumerateIndexed().Where(entry => !T.IsFinite(entry.Item3)).Select(entry => entry.Item1).Distinct().ShouldBe([3]);
    }

    [Test]
    public void Passes_AfterWarmUp_AllocateNothing()
    {
        var expected = new ConvolutionLoops<T>(Small, 50);
        Matrix<T> y = expected.Upstream.Clone(), dx = expected.Input.Clone(), dw = expected.Weight.Clone(), db = expected.Bias.Clone();
        Allocation.OfThread(() =>
        {
            ConvolutionOperations.Forward(Small, expected.Input, expected.Weight, expected.Bias, y);
            ConvolutionOperations.BackwardInput(Small, expected.Upstream, expected.Weight, dx);
            ConvolutionOperations.BackwardWeight(Small, expected.Input, expected.Upstream, dw);
            ConvolutionOperations.BackwardBias(Small.Output, expected.Upstream, db);
        }).ShouldBe(0);
    }

    [Test]
    public void Operations_WrongShapes_AreRefusedWithWhatWasExpected()
    {
        Matrix<T> x = Some.Matrix<T>(2, 40), w = Some.Matrix<T>(18, 3), y = Some.Matrix<T>(2, 60), b = Some.Matrix<T>(1, 3);
        Message(() => ConvolutionOperations.Forward(Small, Some.Matrix<T>(2, 41), w, b, y)).ShouldBe("input must be [2×40], got [2×41]. (Parameter 'input')");
        Message(() => ConvolutionOperations.Forward(Small, x, Some.Matrix<T>(3, 18), b, y)).ShouldBe("weight must be [18×3], got [3×18]. (Parameter 'weight')");
        Message(() => ConvolutionOperations.Forward(Small, x, w, Some.Matrix<T>(3, 1), y)).ShouldBe("bias must be [1×3], got [3×1]. (Parameter 'bias')");
        Message(() => ConvolutionOperations.Forward(Small, x, w, b, Some.Matrix<T>(3, 60))).ShouldBe("output must be [2×60], got [3×60]. (Parameter 'output')");
        Message(() => ConvolutionOperations.BackwardInput(Small, y, w, Some.Matrix<T>(2, 39))).ShouldBe("downstream must be [2×40], got [2×39]. (Parameter 'downstream')");
        Message(() => ConvolutionOperations.BackwardInput(Small, y, w, x, b)).ShouldBe("bias must be [1×2], got [1×3]. (Parameter 'bias')");
        Message(() => ConvolutionOperations.BackwardWeight(Small, x, y, Some.Matrix<T>(18, 2))).ShouldBe("gradient must be [18×3], got [18×2]. (Parameter 'gradient')");
        Message(() => ConvolutionOperations.BackwardBias(Small.Output, y, Some.Matrix<T>(1, 2))).ShouldBe("gradient must be [1×3], got [1×2]. (Parameter 'gradient')");
    }

    [Test]
    public void Operations_ResultThatIsRead_IsRefused()
    {
        var same = new ConvolutionShape(SampleShape.Image(2, 3, 3), 2, new Window(3, padding: 1));
        Matrix<T> x = Some.Matrix<T>(18, 18), w = Some.Matrix<T>(18, 2);
        Message(() => ConvolutionOperations.Forward(same, x, w, null, x)).ShouldBe("output is written while the first operand is read, so the two must not share memory.");
        Message(() => ConvolutionOperations.BackwardInput(same, x, w, x)).ShouldBe("downstream is written while the first operand is read, so the two must not share memory.");
    }

    // x = (x₀, x₁, x₂) and w = (2, 3) give y = (2x₀ + 3x₁, 2x₁ + 3x₂).
    [Test]
    public void BackwardInput_ShapeOfTheMoment_IsTheFormulaTurnedAround()
    {
        var shape = new ConvolutionShape(SampleShape.Sequence(1, 3), 1, new Window(2));
        Matrix<T> weight = Matrices.FromRows<T>([T.CreateChecked(2)], [T.CreateChecked(3)]), upstream = Matrices.FromRows<T>([T.One, T.CreateChecked(10)]), dx = Matrices.Zeros<T>(1, 3);
        ConvolutionOperations.BackwardInput(shape, upstream, weight, dx);
        dx.ShouldBe(Matrices.FromRows<T>([T.CreateChecked(2), T.CreateChecked(3 + 20), T.CreateChecked(30)]));
    }

    private static string Message(Action action) => Should.Throw<ArgumentException>(action).Message;

    private static void ShouldAgree(Matrix<T> actual, Matrix<double> expected, int terms)
    {
        (actual.RowCount, actual.ColumnCount).ShouldBe((expected.RowCount, expected.ColumnCount));
        foreach ((int row, int column, double value) in expected.EnumerateIndexed())
        {
            double.CreateChecked(actual[row, column]).ShouldBe(value, Tolerance * Math.Sqrt(terms), $"[{row}, {column}]");
        }
    }
}
