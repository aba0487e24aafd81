using NeuralNet.Core;
using NeuralNet.Layers.Activations;

namespace NeuralNet.Tests.Layers.Activations;

internal sealed class ActivationTests
{
    // Enough elements for the vectors of every width, with the values of interest at the start.
    private const int Columns = 40;

    [Test]
    public void Sigmoid_Extremes_IsStableInFloatAndDouble()
    {
        CheckSigmoid<float>(1e-6);
        CheckSigmoid<double>(1e-14);
    }

    [Test]
    public void ReLU_OnTheLecturesVector_GivesItsOutputAndDownstream()
    {
        // CS231n: input [1 −2 3 −1], upstream [4 −1 5 9]
        var relu = new ReLU<double>();
        var cache = new Cache<double>();
        relu.Forward(Matrix<double>.Build.Dense(1, 4, [1, -2, 3, -1]), cache).ShouldBe(Matrix<double>.Build.Dense(1, 4, [1, 0, 3, 0]));
        relu.Backward(Matrix<double>.Build.Dense(1, 4, [4, -1, 5, 9]), cache).ShouldBe(Matrix<double>.Build.Dense(1, 4, [4, 0, 5, 0]));
    }

    [Test]
    public void ReLU_Extremes_KeepsNaNAndInfinity()
    {
        var relu = new ReLU<float>();
        Matrix<float> output = relu.Forward(Matrix<float>.Build.Dense(1, 5, [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 1e-40f]));
        float.IsNaN(output[0, 0]).ShouldBeTrue();
        output.Row(0).Skip(1).ShouldBe([float.PositiveInfinity, 0, 0, 1e-40f]);
    }

    private static void CheckSigmoid<T>(double tolerance) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        (double X, double Y, double Derivative)[] expected =
        [
            (0, 0.5, 0.25), (1, 0.7310585786300049, 0.19661193324148185), (-1, 0.2689414213699951, 0.19661193324148185), // CS231n L3; NumPy
            (1e4, 1, 0), (-1e4, 0, 0), (80, 1, 0), (-80, 0, 0), (double.PositiveInfinity, 1, 0), (double.NegativeInfinity, 0, 0),
        ];
        foreach (int start in (ReadOnlySpan<int>)[0, Columns - expected.Length])
        {
            Matrix<T> input = Matrix<T>.Build.Dense(1, Columns);
            for (int i = 0; i < expected.Length; i++)
            {
                input[0, start + i] = T.CreateTruncating(expected[i].X);
            }

            var sigmoid = new Sigmoid<T>();
            var cache = new Cache<T>();
            Matrix<T> output = sigmoid.Forward(input, cache);
            Matrix<T> downstream = sigmoid.Backward(Matrix<T>.Build.Dense(1, Columns, T.One), cache);
            for (int i = 0; i < expected.Length; i++)
            {
                double.CreateTruncating(output[0, start + i]).ShouldBe(expected[i].Y, tolerance);
                double.CreateTruncating(downstream[0, start + i]).ShouldBe(expected[i].Derivative, tolerance);
            }
        }
    }
}
