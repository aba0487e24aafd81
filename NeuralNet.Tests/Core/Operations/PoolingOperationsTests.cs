using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Poolings and their gradients against plain loops, and what they refuse.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class PoolingOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly PoolingShape Small = new(SampleShape.Image(2, 4, 4), new Window(2, 2));

    private static IEnumerable<TestCaseData> Shapes() =>
    [
        Case(SampleShape.Image(3, 4, 6), new(2, 2), 37),
        Case(SampleShape.Image(3, 5, 7), new(2, 2), 16),
        Case(SampleShape.Image(3, 5, 7), new((3, 2), new Extent(1, 2), (2, 1)), 5),
        Case(SampleShape.Image(2, 6, 5), new(2, 4), 33),
        Case(SampleShape.Image(1, 1, 1), new(1), 3),
        Case(SampleShape.Image(32, 28, 28), new(2, 2), 20),
        Case(SampleShape.Image(32, 28, 28), new(3, 2, 1), 20),
        Case(SampleShape.Sequence(4, 9), new(3, 2), 1),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Max_AnyShape_IsThatOfALoopAndSoIsItsGradient(PoolingShape shape, int samples)
    {
        Matrix<T> x = Some.Matrix<T>(samples, shape.Input.Size), g = Some.Matrix<T>(samples, shape.Output.Size, 2), y = g.Clone(), dx = x.Clone();
        Matrix<double> expected = Matrix<double>.Build.Dense(samples, shape.Input.Size);
        PoolingOperations.Max(shape, x, y);
        PoolingOperations.MaxBackward(shape, g, x, y, dx);
        foreach ((int n, int o) in Places(samples, shape.Output.Size))
        {
            int[] window = [.. WindowOf(shape, o)];
            int largest = window.MaxBy(i => x[n, i]);
            y[n, o].ShouldBe(x[n, largest]);
            expected[n, largest] += double.CreateChecked(g[n, o]);
        }

        ShouldAgree(dx, expected);
    }

    [TestCaseSource(nameof(Shapes))]
    public void Sum_AnyShapeAndDivisor_IsThatOfALoopAndSoIsItsGradient(PoolingShape shape, int samples)
    {
        foreach (int? divisor in new int?[] { 1, shape.Window.Elements, null })
        {
            Matrix<T> x = Some.Matrix<T>(samples, shape.Input.Size), g = Some.Matrix<T>(samples, shape.Output.Size, 2), y = g.Clone(), dx = x.Clone();
            Matrix<double> sums = Matrix<double>.Build.Dense(samples, shape.Output.Size), expected = Matrix<double>.Build.Dense(samples, shape.Input.Size);
            PoolingOperations.Sum(shape, x, y, divisor);
            PoolingOperations.SumBackward(shape, g, dx, divisor);
            foreach ((int n, int o) in Places(samples, shape.Output.Size))
            {
                int[] window = [.. WindowOf(shape, o)];
                foreach (int i in window)
                {
                    sums[n, o] += double.CreateChecked(x[n, i]) / (divisor ?? window.Length);
                    expected[n, i] += double.CreateChecked(g[n, o]) / (divisor ?? window.Length);
                }
            }

            ShouldAgree(y, sums);
            ShouldAgree(dx, expected);
        }
    }

    // 1/3 to each of three, nothing to the fourth.
    [Test]
    public void MaxBackward_SeveralAreAsLarge_SplitsTheGradient()
    {
        var shape = new PoolingShape(SampleShape.Image(1, 2, 2), new Window(2));
        Matrix<T> x = Matrices.FromRows<T>(1, 4, [T.One, T.Zero, T.One, T.One]), dx = x.Clone(), three = Matrices.FromRows<T>(1, 1, [T.CreateChecked(3)]), y = three.Clone();
        PoolingOperations.Max(shape, x, y);
        PoolingOperations.MaxBackward(shape, three, x, y, dx);
        dx.AsSpan().ToArray().ShouldBe([T.One, T.Zero, T.One, T.One]);
    }

    [Test]
    public void Max_NotANumber_IsPassedOn()
    {
        Matrix<T> x = Some.Matrix<T>(3, 32), y = Matrices.Zeros<T>(3, 8);
        x[1, 5] = T.NaN;
        PoolingOperations.Max(Small, x, y);
        y.EnumerateIndexed().Where(entry => T.IsNaN(entry.Item3)).Select(entry => (entry.Item1, entry.Item2)).ShouldBe([(1, 0)]);
    }

    [Test]
    public void Passes_AnyNumberOfThreads_GiveTheSameBits()
    {
        var shape = new PoolingShape(SampleShape.Image(16, 28, 28), new Window(3, 2, 1));
        int threads = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            T[][] one = Run(shape);
            ComputeThreads.Count = Environment.ProcessorCount;
            Run(shape).ShouldBe(one);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }
    }

    [Test]
    public void Passes_AfterWarmUp_AllocateNothing()
    {
        Matrix<T> x = Some.Matrix<T>(5, 32), y = Some.Matrix<T>(5, 8), g = y.Clone(), dx = x.Clone();
        Allocation.OfThread(() =>
        {
            PoolingOperations.Max(Small, x, y);
            PoolingOperations.MaxBackward(Small, g, x, y, dx);
            PoolingOperations.Sum(Small, x, y, 4);
            PoolingOperations.SumBackward(Small, g, dx, 4);
        }).ShouldBe(0);
    }

    [Test]
    public void Operations_WhatDoesNotFit_IsRefused()
    {
        Matrix<T> x = Some.Matrix<T>(2, 32), y = Some.Matrix<T>(2, 8);
        Message(() => PoolingOperations.Max(Small, Some.Matrix<T>(2, 31), y)).ShouldBe("input must be [2×32], got [2×31]. (Parameter 'input')");
        Message(() => PoolingOperations.Max(Small, x, Some.Matrix<T>(1, 8))).ShouldBe("output must be [2×8], got [1×8]. (Parameter 'output')");
        Message(() => PoolingOperations.MaxBackward(Small, Some.Matrix<T>(2, 9), x, y, x.Clone())).ShouldBe("upstream must be [2×8], got [2×9]. (Parameter 'upstream')");
        Message(() => PoolingOperations.MaxBackward(Small, y, Some.Matrix<T>(1, 32), Some.Matrix<T>(1, 8), x)).ShouldBe("input must be [2×32], got [1×32]. (Parameter 'input')");
        Message(() => PoolingOperations.MaxBackward(Small, y, x, y, x)).ShouldBe("downstream is written while input is read, so the two must not share memory.");
        Message(() => PoolingOperations.Sum(Small, x, y, 0)).ShouldStartWith("divisor ('0') must be greater than or equal to '1'.");
    }

    private static TestCaseData Case(SampleShape input, Window window, int samples) => new(new PoolingShape(input, window), samples)
    {
        TestName = $"{{m}}({input}, {window.Kernel}, {window.Stride}, {window.Padding}, {samples} samples)",
    };

    private static T[][] Run(PoolingShape shape)
    {
        Matrix<T> x = Some.Matrix<T>(20, shape.Input.Size), g = Some.Matrix<T>(20, shape.Output.Size, 2), y = g.Clone(), dx = x.Clone(), sum = g.Clone(), dOfSum = x.Clone();
        PoolingOperations.Max(shape, x, y);
        PoolingOperations.MaxBackward(shape, g, x, y, dx);
        PoolingOperations.Sum(shape, x, sum, null);
        PoolingOperations.SumBackward(shape, g, dOfSum, null);
        return [y.AsSpan().ToArray(), dx.AsSpan().ToArray(), sum.AsSpan().ToArray(), dOfSum.AsSpan().ToArray()];
    }

    private static IEnumerable<(int Sample, int Output)> Places(int samples, int outputs) =>
        Enumerable.Range(0, samples).SelectMany(n => Enumerable.Range(0, outputs).Select(o => (n, o)));

    private static IEnumerable<int> WindowOf(PoolingShape shape, int output)
    {
        Window window = shape.Window;
        int c = output / shape.Output.Positions, oy = output % shape.Output.Positions / shape.Output.Width, ox = output % shape.Output.Width;
        for (int k = 0; k < window.Elements; k++)
        {
            int y = (oy * window.Stride.Height) - window.Padding.Height + (k / window.Kernel.Width), x = (ox * window.Stride.Width) - window.Padding.Width + (k % window.Kernel.Width);
            if (y >= 0 && y < shape.Input.Height && x >= 0 && x < shape.Input.Width)
            {
                yield return (c * shape.Input.Positions) + (y * shape.Input.Width) + x;
            }
        }
    }

    private static string Message(Action action) => Should.Throw<ArgumentException>(action).Message;

    private static void ShouldAgree(Matrix<T> actual, Matrix<double> expected)
    {
        double tolerance = typeof(T) == typeof(float) ? 2e-6 : 1e-14;
        foreach ((int row, int column, double value) in expected.EnumerateIndexed())
        {
            double.CreateChecked(actual[row, column]).ShouldBe(value, tolerance, $"[{row}, {column}]");
        }
    }
}
