using NeuralNet.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

internal sealed class AddRowGateTests
{
    [Test]
    public void BackwardY_RowOfAnotherWidth_IsRefused() =>
        Should.Throw<ArgumentException>(() => AddRowGate<float>.BackwardY(Some.Matrix<float>(4, 8), Matrix<float>.Build.Dense(1, 3)))
            .Message.ShouldContain("must be [1×8], got [1×3]");

    [Test]
    public void BackwardY_ByHand_AddsTheSumsOfTheColumns()
    {
        // [1 + 3 + 10, 2 + 4 + 20]
        Matrix<double> sums = Matrix<double>.Build.DenseOfArray(new double[,] { { 10, 20 } });
        AddRowGate<double>.BackwardY(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 } }), sums, beta: 1);
        sums.ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { 14, 26 } }));
    }
}
