using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>The activation functions of CS231n lecture 4.</summary>
internal sealed class ActivationTests
{
    // Values at −1, 0 and 2: 1/(1 + e), 1/2, 1/(1 + e⁻²); tanh; max(0, x); max(0.01x, x); x or e^x − 1.
    private static IEnumerable<(Function<double> Function, double[] Values)> Functions =>
    [
        (new Sigmoid<double>(), [0.26894142137, 0.5, 0.88079707798]),
        (new Tanh<double>(), [-0.76159415596, 0, 0.96402758008]),
        (new ReLU<double>(), [0, 0, 2]),
        (new LeakyReLU<double>(), [-0.01, 0, 2]),
        (new ELU<double>(), [-0.63212055883, 0, 2]),
    ];

    [TestCaseSource(nameof(Functions))]
    public void Forward_MatrixAndNumbers_HaveTheSameValues((Function<double> Function, double[] Values) entry)
    {
        double[] inputs = [-1, 0, 2];
        double[] values = entry.Function.Forward(Matrix<double>.Build.Dense(1, 3, inputs)).ToRowMajorArray();
        var cache = new Cache<double>();

        for (int i = 0; i < values.Length; i++)
        {
            values[i].ShouldBe(entry.Values[i], 1e-11);
            entry.Function.Forward(inputs[i], cache).ShouldBe(values[i], 1e-15);
        }
    }

    [Test]
    public void ToString_WithSettings_NamesThem()
    {
        new LeakyReLU<float>().ToString().ShouldBe("LeakyReLU(0.01)");
        new ELU<float>(0.5).ToString().ShouldBe("ELU(0.5)");
        new Tanh<float>().ToString().ShouldBe("Tanh");
        new Maxout<float>().ToString().ShouldBe("Maxout(2)");
    }
}
