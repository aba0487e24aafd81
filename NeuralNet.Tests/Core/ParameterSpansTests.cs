using NeuralNet.Core;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

internal sealed class ParameterSpansTests
{
    [Test]
    public void GatherValues_TwoParameters_AreInListOrderColumnAfterColumn()
    {
        NamedParameter<double>[] parameters = Two();
        var numbers = new double[parameters.ElementCount()];
        parameters.GatherValues(numbers);
        numbers.ShouldBe([1, 3, 2, 4, 5]);
    }

    [Test]
    public void ScatterValues_TwoParameters_ReversesGathering()
    {
        NamedParameter<double>[] parameters = Two();
        parameters.ScatterValues([10, 30, 20, 40, 50]);
        parameters[0].Parameter.Value.ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { 10, 20 }, { 30, 40 } }));
        parameters[1].Parameter.Value[0, 0].ShouldBe(50);
    }

    [Test]
    public void GatherGradients_OneReached_HasZerosForTheOtherAndLeavesFlags()
    {
        NamedParameter<double>[] parameters = Two();
        parameters[0].Parameter.AddRowsToGradient([1], Matrix<double>.Build.DenseOfArray(new double[,] { { 7, 8 } }));
        double[] numbers = [9, 9, 9, 9, 9];
        parameters.GatherGradients(numbers);
        numbers.ShouldBe([0, 7, 0, 8, 0]);
        parameters[0].Parameter.IsGradientByRows.ShouldBeTrue();
        parameters[1].Parameter.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void ScatterGradients_OverOthers_ReplacesThem()
    {
        NamedParameter<double>[] parameters = Two();
        parameters[0].Parameter.AddToGradient(Some.Matrix<double>(2, 2));
        parameters.ScatterGradients([1, 2, 3, 4, 5]);
        parameters[0].Parameter.Gradient.ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 3 }, { 2, 4 } }));
        parameters[1].Parameter.Gradient[0, 0].ShouldBe(5);
    }

    [Test]
    public void AnyOfThem_AnotherLength_IsRefusedWithBoth()
    {
        NamedParameter<double>[] parameters = Two();
        foreach (Action action in (Action[])[
            () => parameters.GatherValues(new double[4]), () => parameters.ScatterValues(new double[4]),
            () => parameters.GatherGradients(new double[4]), () => parameters.ScatterGradients(new double[4])])
        {
            Should.Throw<ArgumentException>(action).Message.ShouldContain("have 5 numbers together, the span has 4");
        }
    }

    private static NamedParameter<double>[] Two() =>
    [
        new("a", new Parameter<double>(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 } }))),
        new("b", new Parameter<double>(Matrix<double>.Build.Dense(1, 1, 5))),
    ];

    // 2048 times 2²⁰ is one more than an int holds.
    [Test]
    public void ElementCount_MoreThanAnIntHolds_Throws()
    {
        NamedParameter<float> large = new("w", new Parameter<float>(Matrix<float>.Build.Dense(1024, 1024)));
        IReadOnlyList<NamedParameter<float>> parameters = [.. Enumerable.Repeat(large, 2048)];
        Should.Throw<OverflowException>(() => parameters.ElementCount());
    }
}
