using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>Element-wise gates where numbers end: no NaN where the mathematics has a value.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class ExtremeValueTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T[] s_values =
    [
        .. new double[] { 0, 1, 0.5, 20, 100, 1e4, double.PositiveInfinity }.Select(T.CreateChecked), T.Epsilon, T.Epsilon * T.CreateChecked(1000),
    ];

    private static T[] Values { get; } = [.. s_values, .. s_values.Select(value => -value)];

    private static IEnumerable<string> UnaryGates => Names<Function<T>>();

    private static IEnumerable<string> BinaryGates => Names<BinaryElementwiseGate<T>>();

    [TestCaseSource(nameof(UnaryGates))]
    public void Unary_AtExtremes_HasNoNaNWhereThereIsAValue(string name)
    {
        GateEntry<T> entry = GateCatalogue.Get<T>(name);
        var gate = (Function<T>)entry.Gate;
        var cache = new Cache<T>();

        foreach (T x in Values.Where(x => entry.Low < 0 || x >= T.Zero))
        {
            T y = gate.Forward(x, cache);
            T dx = gate.Backward(T.CreateChecked(0.5), cache);
            T.IsNaN(y).ShouldBeFalse($"{name}({x})");
            T.IsNaN(dx).ShouldBeFalse($"gradient of {name} at {x}");

            // Long runs take vectorised paths; they must end at the same values.
            // (MathNet's factory would make +0 of −0.)
            Matrix<T> run = Matrix<T>.Build.Dense(67, 1);
            run.AsSpan().Fill(x);
            Matrix<T> many = gate.Forward(run, cache);
            Matrix<T> gradients = gate.Backward(Matrix<T>.Build.Dense(67, 1, T.CreateChecked(0.5)), cache);
            foreach (int i in new[] { 0, 31, 66 })
            {
                ShouldAgree(many[i, 0], y, $"{name}({x}) in a run");
                ShouldAgree(gradients[i, 0], dx, $"gradient of {name} at {x} in a run");
            }
        }
    }

    [TestCaseSource(nameof(BinaryGates))]
    public void Binary_AtExtremes_HasNoNaNWhereThereIsAValue(string name)
    {
        var gate = (BinaryElementwiseGate<T>)GateCatalogue.Get<T>(name).Gate;
        var cache = new Cache<T>();

        foreach ((T x, T y) in Values.SelectMany(x => Values.Select(y => (x, y))).Where(pair => HasValue(name, pair.x, pair.y)))
        {
            T.IsNaN(gate.Forward(x, y, cache)).ShouldBeFalse($"{name}({x}, {y})");
            (T dx, T dy) = gate.Backward(T.CreateChecked(0.5), cache);
            T.IsNaN(dx).ShouldBeFalse($"gradient of {name} by x at ({x}, {y})");
            T.IsNaN(dy).ShouldBeFalse($"gradient of {name} by y at ({x}, {y})");
        }
    }

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(2, 1e4)]
    public void Power_WholeExponents_HaveASlopeAtZeroAndBelow(double exponent, double atMinusFiveThousand)
    {
        var gate = new Power<T>(T.CreateChecked(exponent));
        var cache = new Cache<T>();

        gate.Forward(T.Zero, cache);
        gate.Backward(T.One, cache).ShouldBe(exponent == 1 ? T.One : T.Zero);
        gate.Forward(T.CreateChecked(-5000), cache);
        gate.Backward(T.One, cache).ShouldBe(exponent == 1 ? T.One : -T.CreateChecked(atMinusFiveThousand));
    }

    [Test]
    public void ELU_TinyInput_KeepsItsDigits()
    {
        var gate = new ELU<T>();
        T tiny = -T.CreateChecked(1e-12);

        // e^x − 1 = x + x²/2 + …, and x²/2 is far below the last digit.
        double.CreateChecked(gate.Forward(tiny, new Cache<T>())).ShouldBe(double.CreateChecked(tiny), 1e-24);
        gate.Forward(-T.Epsilon, new Cache<T>()).ShouldBe(-T.Epsilon);
    }

    private static IEnumerable<string> Names<TGate>() => GateCatalogue.All<T>().Where(entry => entry.Gate is TGate).Select(entry => entry.Name);

    private static bool HasValue(string name, T x, T y) => name switch
    {
        "Add" => !(T.IsInfinity(x) && T.IsInfinity(y) && x != y),
        "Subtract" => !(T.IsInfinity(x) && x == y),
        "Multiply" => !((T.IsZero(x) && T.IsInfinity(y)) || (T.IsInfinity(x) && T.IsZero(y))),
        "Divide" => !((T.IsZero(x) && T.IsZero(y)) || (T.IsInfinity(x) && T.IsInfinity(y))),
        _ => true,
    };

    private static void ShouldAgree(T actual, T expected, string message)
    {
        if (actual != expected)
        {
            double.CreateChecked(actual).ShouldBe(double.CreateChecked(expected), 1e-6 * Math.Abs(double.CreateChecked(expected)) + 1e-12, message);
        }
    }
}
