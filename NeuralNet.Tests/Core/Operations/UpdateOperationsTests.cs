using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Steps that the optimisers do not take themselves: wrong operands. The rules are compared with PyTorch in OptimizerReferenceTests.</summary>
internal sealed class UpdateOperationsTests
{
    [Test]
    public void Updates_StateOfAnotherShape_IsRefusedByName()
    {
        Parameter<double> parameter = Reached();
        Matrix<double> right = Matrix<double>.Build.Dense(2, 3), wrong = Matrix<double>.Build.Dense(3, 2);
        Refused(() => UpdateOperations.DescendWithMomentum(parameter, false, 0, 0.5, wrong, 0.1), "velocity must be [2×3], got [3×2]");
        Refused(() => UpdateOperations.DescendWithNesterov(parameter, false, 0, 0.5, wrong, 0.1), "velocity must be");
        Refused(() => UpdateOperations.AdaGrad(parameter, false, 0, wrong, 1e-8, 0.1), "squares must be");
        Refused(() => UpdateOperations.RMSProp(parameter, false, 0, new(0.9), wrong, 1e-8, 0.1), "squares must be");
        Refused(() => UpdateOperations.RMSPropWithMomentum(parameter, false, 0, new(0.9), right, 1e-8, 0.5, wrong, 0.1), "velocity must be");
        Refused(() => UpdateOperations.Adam(parameter, false, 0, 0, new(0.9), wrong, new(0.9), right, 1e-8, 1, 0.1), "mean must be");
        Refused(() => UpdateOperations.Adam(parameter, false, 0, 0, new(0.9), right, new(0.9), wrong, 1e-8, 1, 0.1), "squares must be");
    }

    [Test]
    public void Updates_SharedMemory_IsRefused()
    {
        Parameter<double> parameter = Reached();
        Matrix<double> state = Matrix<double>.Build.Dense(2, 3);
        Refused(() => UpdateOperations.DescendWithMomentum(parameter, false, 0, 0.5, parameter.Value, 0.1), "must not share memory");
        Refused(() => UpdateOperations.AdaGrad(parameter, false, 0, parameter.Gradient, 1e-8, 0.1), "must not share memory");
        Refused(() => UpdateOperations.RMSPropWithMomentum(parameter, false, 0, new(0.9), state, 1e-8, 0.5, state, 0.1), "must not share memory");
        Refused(() => UpdateOperations.Adam(parameter, false, 0, 0, new(0.9), state, new(0.9), state, 1e-8, 1, 0.1), "must not share memory");
    }

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    public void Adam_StepBelowOne_IsRefused(double step) => Should.Throw<ArgumentOutOfRangeException>(() => UpdateOperations.Adam(
        Reached(), false, 0, 0, new(0.9), Matrix<double>.Build.Dense(2, 3), new(0.9), Matrix<double>.Build.Dense(2, 3), 1e-8, step, 0.1)).ParamName.ShouldBe("step");

    [Test]
    public void Descend_GradientOfZero_DecaysOnly()
    {
        Parameter<double> parameter = new(Matrix<double>.Build.Dense(2, 3, 4));
        UpdateOperations.Descend(parameter, rowsOnly: true, 0.5, 0.25);
        parameter.Value.ShouldBe(Matrix<double>.Build.Dense(2, 3, 3.5));
        parameter.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void Smoothing_Default_KeepsNothing()
    {
        Smoothing<float> none = default;
        (none.Kept, none.Taken, none.Weight(1)).ShouldBe((0f, 1f, 1.0));
        new Smoothing<float>(0.999).Taken.ShouldBe(0.001f);
        new Smoothing<double>(0.5).Weight(3).ShouldBe(0.875);
    }

    private static Parameter<double> Reached()
    {
        Parameter<double> parameter = new(Matrix<double>.Build.Dense(2, 3, 1));
        parameter.SetGradient(Matrix<double>.Build.Dense(2, 3, 1));
        return parameter;
    }

    private static void Refused(Action action, string message) => Should.Throw<ArgumentException>(action).Message.ShouldContain(message);
}
