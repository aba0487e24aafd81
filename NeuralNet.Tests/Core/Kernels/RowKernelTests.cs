using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Kernels.Transposing;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>Kernels on the rows of a matrix, below and above the size from which threads share the work.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class RowKernelTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [TestCase(1, 1)]
    [TestCase(1, 9)]
    [TestCase(17, 5)]
    [TestCase(100, 6)]
    [TestCase(331, 203)]
    public void RowSum_AnySize_AgreesWithSumsInOrder(int rows, int columns)
    {
        Matrix<T> matrix = Some.Matrix<T>(rows, columns);
        foreach (int beta in (ReadOnlySpan<int>)[0, 1])
        {
            T[] sums = new T[columns];
            sums.AsSpan().Fill(beta == 0 ? T.NaN : T.One);
            RowSum<T>.Run(matrix.AsSpan(), rows, rows, sums, T.CreateChecked(beta));
            for (int j = 0; j < columns; j++)
            {
                double expected = beta + matrix.Column(j).Enumerate().Sum(double.CreateChecked);
                double.CreateChecked(sums[j]).ShouldBe(expected, 1e-4);
            }
        }
    }

    [Test]
    public void RowSum_NoRowsOrNoColumns_LeavesBetaTimesTheSums()
    {
        T[] sums = [T.One, T.NegativeOne];
        RowSum<T>.Run([], 0, 0, sums, T.One);
        sums.ShouldBe([T.One, T.NegativeOne]);
        RowSum<T>.Run([], 0, 0, sums, T.Zero);
        sums.ShouldBe([T.Zero, T.Zero]);
        RowSum<T>.Run([], 0, 0, [], T.One);
    }

    [TestCase(1, 3, 1)]
    [TestCase(9, 20, 5)]
    [TestCase(40, 150, 37)]
    [TestCase(300, 200, 260)]
    public void SampleGather_AnySize_CopiesEachSampleIntoItsRow(int samples, int features, int count)
    {
        T[] data = [.. Enumerable.Range(0, samples * features).Select(T.CreateChecked)];
        int[] indices = Some.Labels(count, samples);
        Matrix<T> gathered = Matrix<T>.Build.Dense(count, features);
        SampleGather<T>.Run(data, features, indices, gathered.AsSpan());
        for (int i = 0; i < count; i++)
        {
            gathered.Row(i).ToArray().ShouldBe(data[(indices[i] * features)..((indices[i] + 1) * features)]);
        }
    }
}
