using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>What operations on samples must not be given, since their kernels do not look. Wrong shapes have as many elements as the right ones.</summary>
internal sealed class SampleRefusalTests
{
    private static readonly Matrix<double> Of23 = Some.Matrix<double>(2, 3), Of32 = Some.Matrix<double>(3, 2);

    [Test]
    public void Softmax_MatrixOfAnotherShape_IsNamed()
    {
        Refusal(() => SoftmaxOperations.Softmax(Of23, Of32)).ShouldStartWith("y must be [2×3], got [3×2].");
        Refusal(() => SoftmaxOperations.LogSoftmax(Of23, Of32)).ShouldStartWith("y must be [2×3], got [3×2].");
        Refusal(() => SoftmaxOperations.SoftmaxBackward(Of32, Of23, Of23.Clone())).ShouldStartWith("upstream must be [2×3], got [3×2].");
        Refusal(() => SoftmaxOperations.SoftmaxBackward(Of23, Of23, Of32)).ShouldStartWith("downstream must be [2×3], got [3×2].");
        Refusal(() => SoftmaxOperations.LogSoftmaxBackward(Of32, Of23, Of23.Clone())).ShouldStartWith("upstream must be [2×3], got [3×2].");
        Refusal(() => SoftmaxOperations.LogSoftmaxBackward(Of23, Of23, Of32)).ShouldStartWith("downstream must be [2×3], got [3×2].");
    }

    [Test]
    public void Softmax_MemoryThatDoesNotFit_IsNamed()
    {
        double[] six = new double[6], four = new double[4];
        Refusal(() => SoftmaxOperations.LogSoftmax<double>(six, 2, four)).ShouldBe("y and x must be of equal length, got 4 and 6.");
        Refusal(() => SoftmaxOperations.LogSoftmax<double>(six, 4, six)).ShouldStartWith("A matrix of 4 rows has a multiple of as many elements, got 6.");
        Refusal(() => SoftmaxOperations.Softmax<double>(six, 0, six)).ShouldStartWith("A matrix of 0 rows has a multiple of as many elements, got 6.");
        Refusal(() => SoftmaxOperations.Softmax<double>(six, -2, six)).ShouldStartWith("A matrix of -2 rows has");
        Refusal(() => SoftmaxOperations.SoftmaxBackward<double>(four, 2, six, six)).ShouldBe("downstream and upstream must be of equal length, got 6 and 4.");
        Refusal(() => SoftmaxOperations.LogSoftmaxBackward<double>(four, 2, six, six)).ShouldBe("downstream and upstream must be of equal length, got 6 and 4.");
        Refusal(() => SoftmaxOperations.SoftmaxBackward<double>(six, 4, new double[6], six)).ShouldStartWith("A matrix of 4 rows has");
        Refusal(() => SoftmaxOperations.LogSoftmax<double>(six.AsSpan(0, 4), 2, six.AsSpan(1, 4))).ShouldStartWith("y is written while x is read");
    }

    [Test]
    public void CrossEntropy_WhatDoesNotFit_IsNamed()
    {
        double[] six = new double[6], four = new double[4], two = new double[2];
        Refusal(() => SoftmaxOperations.CrossEntropy(six, [0, 1], four, two)).ShouldBe("difference and logits must be of equal length, got 4 and 6.");
        Refusal(() => SoftmaxOperations.CrossEntropy(six, [0, 1, 2], new double[6], two)).ShouldStartWith("logits with 2 rows need a label for each, got 3 labels.");
        Refusal(() => SoftmaxOperations.CrossEntropy<double>([], (int[])[], [], [])).ShouldBe("A loss for each row needs a row and a column at least, got 0 losses of 0 elements.");
        Refusal(() => SoftmaxOperations.CrossEntropy(six, [0, 3], new double[6], two)).ShouldStartWith("Label 1 must name one of the 3 columns of logits, 0 to 2.");
        Refusal(() => SoftmaxOperations.CrossEntropy(six, [0, 1], six, two)).ShouldBe("difference is written while logits is read, so the two must not share memory.");
    }

    [Test]
    public void GatherSamples_WhatDoesNotFit_IsNamed()
    {
        Refusal(() => RowOperations.GatherSamples<double>(new double[6], [0, 1, 1], Of23.Clone())).ShouldStartWith("target must be [3×3], got [2×3].");
        Refusal(() => RowOperations.GatherSamples<double>(new double[7], [0, 1], Of23.Clone())).ShouldStartWith(
            "Samples for rows of [2×3] have 3 numbers each; 7 are not a whole number of them.");
        Refusal(() => RowOperations.GatherSamples<double>(new double[6], [0, 2], Of23.Clone())).ShouldStartWith(
            "Index 1 must name one of the 2 samples of the memory, 0 to 1.");
        Matrix<double> target = Of23.Clone();
        Refusal(() => RowOperations.GatherSamples<double>(target.AsSpan(), [0, 1], target)).ShouldBe(
            "target is written while samples is read, so the two must not share memory.");
    }

    [Test]
    public void GatherSamples_NothingToGather_DoesNothing()
    {
        Should.NotThrow(() => RowOperations.GatherSamples<double>(new double[7], [], Matrix<double>.Build.Dense(0, 3)));
        Should.NotThrow(() => RowOperations.GatherSamples<double>(new double[7], [0, 9], Matrix<double>.Build.Dense(2, 0)));
    }

    [Test]
    public void Rows_SharedMemory_IsRefusedByName()
    {
        Matrix<double> row = Some.Matrix<double>(1, 4), square = Some.Matrix<double>(2, 2);
        double[] memory = new double[12];
        const string None = "so the two must not share memory.";
        Refusal(() => RowOperations.Sum(row, row)).ShouldBe($"sums is written while matrix is read, {None}");
        Refusal(() => RowOperations.Sum(memory, 3, 3, memory.AsSpan(6, 4), 0)).ShouldBe($"s is written while Y is read, {None}");
        Refusal(() => RowOperations.AddToEach<double>(memory, 3, 3, memory.AsSpan(6, 4))).ShouldBe($"Y is written while b is read, {None}");
        Refusal(() => RowOperations.AddToEach<double>(memory, 5, 5, new double[3])).ShouldStartWith("Y is stored as [5×3] with 5 elements");
        Refusal(() => RowOperations.Gather(square, [0, 1], square)).ShouldBe($"target is written while source is read, {None}");
        Refusal(() => RowOperations.ScatterAdd(square, [0, 1], square, 1)).ShouldBe($"target is written while source is read, {None}");
    }

    private static string Refusal(Action action) => Should.Throw<ArgumentException>(action).Message;
}
