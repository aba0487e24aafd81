using NeuralNet.Core;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>Update rules of one's own: what is theirs to write, and what is said of a mistake in it.</summary>
internal sealed class OwnOptimizerTests
{
    [Test]
    public void Step_RuleWithoutStates_NeedsAFormulaAndAGroupOnly()
    {
        var parameter = new Parameter<double>(Matrix<double>.Build.DenseOfArray(new double[,] { { 10, -1 } }));
        var optimizer = new SignDescent(new PlainGroup([new("w", parameter)]));
        parameter.SetGradient(Matrix<double>.Build.DenseOfArray(new double[,] { { 0.3, -7 } }));
        optimizer.Step();

        // 10 − 0.5·sign 0.3, −1 − 0.5·sign −7
        parameter.Value.ShouldBe(Matrix<double>.Build.DenseOfArray(new[,] { { 9.5, -0.5 } }));
        optimizer.States.ShouldBeEmpty();
        optimizer.ToString().ShouldBe("SignDescent");
    }

    private static IEnumerable<TestCaseData> WrongStates()
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(1, 1);
        yield return new TestCaseData(null, "gave no list of states for the parameter 'w'");
        yield return new TestCaseData(new OptimizerState<double>[] { new("", matrix) }, "gave a state without a name for the parameter 'w'");
        yield return new TestCaseData(new OptimizerState<double>[] { new("m", matrix), new("v", null!) }, "gave no matrix for the state 'v' for the parameter 'w'");
        yield return new TestCaseData(new OptimizerState<double>[] { new("m", matrix), new("m", matrix) }, "gave two states named 'm' for the parameter 'w'");
    }

    [TestCaseSource(nameof(WrongStates))]
    public void Constructor_GroupGivesWrongStates_SaysWhatIsWrong(OptimizerState<double>[]? states, string message)
    {
        var group = new FaultyGroup([new("w", new Parameter<double>(Matrix<double>.Build.Dense(1, 1)))], states);
        Should.Throw<InvalidOperationException>(() => new SignDescent(group)).Message.ShouldContain(message);
    }

    private sealed class SignDescent(ParameterGroup<double> group) : Optimizer<double, ParameterGroup<double>>([group])
    {
        protected override void Update(ParameterGroup<double> group, Parameter<double> parameter, ReadOnlySpan<Matrix<double>> states, double rate) =>
            parameter.Value.MapIndexedInplace((i, j, value) => value - (rate * Math.Sign(parameter.Gradient[i, j])));
    }

    private sealed class PlainGroup(IEnumerable<NamedParameter<double>> parameters) : ParameterGroup<double>(parameters, 0.5);

    private sealed class FaultyGroup(IEnumerable<NamedParameter<double>> parameters, OptimizerState<double>[]? states)
        : ParameterGroup<double>(parameters, 0.5)
    {
        public override IReadOnlyList<OptimizerState<double>> CreateStates(Parameter<double> parameter) => states!;
    }
}
