using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Core.Functions;

/// <summary>Where functions must be exact, and that a number has the bits it has in a matrix.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ExactValueTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static IEnumerable<string> Functions => GateCatalogue.All<T>().Where(entry => entry.Gate is Function<T>).Select(entry => entry.Name);

    private static IEnumerable<TestCaseData> ExactValues =>
    [
        new("Exp", 0.0, 1.0), new("Sigmoid", 0.0, 0.5), new("Tanh", 0.0, 0.0), new("ELU", 0.0, 0.0), new("SiLU", 0.0, 0.0), new("GELU", 0.0, 0.0),
        new("Log", 1.0, 0.0), new("SquareRoot", 1.0, 1.0), new("SquareRoot", 0.0, 0.0), new("Power", 1.0, 1.0), new("Power", 0.0, 0.0),
        new("Exp", double.NegativeInfinity, 0.0), new("Sigmoid", double.NegativeInfinity, 0.0), new("Sigmoid", double.PositiveInfinity, 1.0),
        new("Tanh", double.PositiveInfinity, 1.0),
    ];

    [TestCaseSource(nameof(ExactValues))]
    public void Forward_WhereTheValueIsANumber_IsExact(string name, double x, double y)
    {
        var function = (Function<T>)GateCatalogue.Get<T>(name).Gate;
        function.Forward(T.CreateChecked(x), new Cache<T>()).ShouldBe(T.CreateChecked(y));
        Matrix<T> run = function.Forward(Matrix<T>.Build.Dense(37, 1, T.CreateChecked(x)));
        run.AsSpan().IndexOfAnyExcept(T.CreateChecked(y)).ShouldBe(-1);
    }

    [TestCaseSource(nameof(Functions))]
    public void ForwardAndBackward_NumberByNumber_HaveTheBitsOfAMatrix(string name)
    {
        GateEntry<T> entry = GateCatalogue.Get<T>(name);
        var function = (Function<T>)entry.Gate;
        var (cache, single) = (new Cache<T>(), new Cache<T>());
        for (int length = 1; length <= 40; length++)
        {
            // Over several magnitudes, and past where exponentials end.
            var random = new Random(length);
            Matrix<T> x = Matrix<T>.Build.Dense(length, 1, (_, _) =>
                T.CreateChecked((entry.Low < 0 ? (2 * random.NextDouble()) - 1 : random.NextDouble()) * Math.Pow(10, random.Next(-6, 3))));
            Matrix<T> upstream = Matrix<T>.Build.Dense(length, 1, (_, _) => T.CreateChecked(random.NextDouble()));
            Matrix<T> y = function.Forward(x, cache), dx = function.Backward(upstream, cache);
            for (int i = 0; i < length; i++)
            {
                Same(function.Forward(x[i, 0], single), y[i, 0]).ShouldBeTrue($"{name}({x[i, 0]}), {i} of {length}: {single.RecallScalars(function)[1]} and {y[i, 0]}");
                T alone = function.Backward(upstream[i, 0], single);
                Same(alone, dx[i, 0]).ShouldBeTrue($"gradient of {name} at {x[i, 0]}, {i} of {length}: {alone} and {dx[i, 0]}");
            }
        }
    }

    // ln(1 + 2·e⁻²⁰) and, with two that tie, ln(2 + e⁻²⁰), by mpmath with 30 digits.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(37)]
    public void SoftmaxCrossEntropy_SurePrediction_HasItsDigits(int samples)
    {
        Matrix<T> logits = Matrix<T>.Build.Dense(samples, 3, (_, j) => T.CreateChecked(j == 0 ? 20 : 0));
        double expected = 4.12230723638040716869938e-9, digits = typeof(T) == typeof(float) ? 3e-7 : 1e-13;

        double loss = double.CreateChecked(new SoftmaxCrossEntropy<T>().Forward(logits, new int[samples]));
        Matrix<T> logarithms = new LogSoftmax<T>().Forward(logits);

        loss.ShouldBe(expected, digits * expected);
        for (int i = 0; i < samples; i++)
        {
            double.CreateChecked(logarithms[i, 0]).ShouldBe(-expected, digits * expected);
            double.CreateChecked(logarithms[i, 1]).ShouldBe(-20, 1e-5);
        }
    }

    [Test]
    public void SoftmaxCrossEntropy_GreatestTwice_CountsBoth()
    {
        Matrix<T> logits = Matrix<T>.Build.Dense(5, 3, (_, j) => T.CreateChecked(j == 0 ? 0 : 20));
        double expected = 0.693147181590522120105466753895, digits = typeof(T) == typeof(float) ? 1e-7 : 1e-13;
        double.CreateChecked(new SoftmaxCrossEntropy<T>().Forward(logits, new[] { 1, 2, 1, 2, 1 })).ShouldBe(expected, digits);
        double.CreateChecked(new LogSoftmax<T>().Forward(logits)[3, 2]).ShouldBe(-expected, digits);
    }

    private static bool Same(T a, T b) => a.Equals(b) && T.IsNegative(a) == T.IsNegative(b);
}
