using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Optimizers;

/// <summary>What every optimiser must do: checked for all that stand in the catalogue.</summary>
[TestFixtureSource(nameof(Names))]
internal sealed class OptimizerContractTests(string name)
{
    private static IEnumerable<string> Names() => OptimizerCatalogue.All<double>().Select(entry => entry.Name);

    [Test]
    public void Step_OnAQuadratic_Descends()
    {
        // L = ½‖θ‖², so the gradient is θ itself.
        Parameter<double> parameter = Random<double>();
        double start = parameter.Value.FrobeniusNorm();
        Optimizer<double> optimizer = Entry<double>().For(parameter);
        for (int step = 0; step < 200; step++)
        {
            parameter.SetGradient(parameter.Value);
            optimizer.Step();
        }

        parameter.Value.FrobeniusNorm().ShouldBeLessThan(0.1 * start);
        optimizer.Steps.ShouldBe(200);
    }

    [TestCase(0.0)]
    [TestCase(1e-30)]
    [TestCase(1e15)]
    public void Step_ExtremeGradients_LeaveNoNaN(double gradient)
    {
        Parameter<float> parameter = Random<float>();
        Optimizer<float> optimizer = Entry<float>().For(parameter);
        foreach (double factor in (ReadOnlySpan<double>)[1, -1, 0, 1, 1])
        {
            parameter.SetGradient(Matrix<float>.Build.Dense(6, 4, (float)(factor * gradient)));
            optimizer.Step();
        }

        parameter.Value.Enumerate().ShouldAllBe(value => float.IsFinite(value));
        optimizer.States.ShouldAllBe(state => state.Value.Enumerate().All(float.IsFinite));
    }

    [Test]
    public void Step_ParameterThatNoBackwardPassReached_KeepsItsValueAndItsStates()
    {
        Parameter<double> reached = Random<double>(), skipped = Random<double>();
        Optimizer<double> optimizer = Entry<double>().Make([([new("reached", reached), new("skipped", skipped)], 0.1)], null);
        Run(optimizer, 3, reached, skipped);
        Matrix<double> before = reached.Value.Clone(), value = skipped.Value.Clone();
        Matrix<double>[] states = StatesOfSkipped();

        optimizer.ZeroGradients();
        Run(optimizer, 1, reached);

        skipped.Value.ShouldBe(value);
        StatesOfSkipped().ShouldBe(states);
        reached.Value.ShouldNotBe(before);

        Matrix<double>[] StatesOfSkipped() =>
            [.. optimizer.States.Where(state => state.Name.StartsWith("skipped/", StringComparison.Ordinal)).Select(state => state.Value.Clone())];
    }

    [Test]
    public void Step_TwoGroups_MovesEachAtItsOwnRate()
    {
        Parameter<double> moving = Random<double>(), resting = Random<double>(), alone = Random<double>();
        Matrix<double> start = resting.Value.Clone();
        Optimizer<double> both = Entry<double>().Make([([new("moving", moving)], 0.1), ([new("resting", resting)], 0)], null);
        Run(both, 3, moving, resting);
        Run(Entry<double>().For(alone), 3, alone);
        resting.Value.ShouldBe(start);
        moving.Value.ShouldBe(alone.Value);
        moving.Value.ShouldNotBe(start);
    }

    [Test]
    public void Step_Gradient_StaysAsItIs()
    {
        Parameter<double> parameter = Random<double>();
        Matrix<double> gradient = Some.Matrix<double>(6, 4, seed: 3);
        parameter.SetGradient(gradient);
        Entry<double>().For(parameter).Step();
        parameter.Gradient.ShouldBe(gradient);
    }

    [Test]
    public void Step_GradientByRows_GivesTheBitsOfTheWholeMatrix()
    {
        Parameter<float> table = new(Some.Matrix<float>(50, 7)), dense = new(table.Value.Clone());
        Optimizer<float> ofRows = Entry<float>().For(table), ofDense = Entry<float>().For(dense);
        for (int step = 0; step < 3; step++)
        {
            ofRows.ZeroGradients();
            table.AddRowsToGradient([step, 49, 4, step], Some.Matrix<float>(4, 7, seed: step));
            dense.SetGradient(Matrix<float>.Build.DenseOfColumnMajor(50, 7, table.GradientToRead.ToArray()));
            table.IsGradientByRows.ShouldBeTrue();
            ofRows.Step();
            ofDense.Step();
        }

        table.Value.ShouldBe(dense.Value);
    }

    [Test]
    public void Step_Float_AgreesWithDouble()
    {
        (Parameter<float> single, Parameter<double> expected) = (Random<float>(), Random<double>());
        Run(Entry<float>().For(single), 20, single);
        Run(Entry<double>().For(expected), 20, expected);
        foreach ((int row, int column, double value) in expected.Value.EnumerateIndexed())
        {
            ((double)single.Value[row, column]).ShouldBe(value, 2e-5 * Math.Max(1, Math.Abs(value)), $"at [{row}, {column}]");
        }
    }

    [Test]
    public void RestoreState_OfAnotherRun_GoesOnWithTheSameBits()
    {
        Parameter<double> parameter = Random<double>();
        Optimizer<double> optimizer = Entry<double>().For(parameter, schedule: Schedule());
        Run(optimizer, 3, parameter);
        OptimizerState<double>[] states = [.. optimizer.States.Select(state => state with { Value = state.Value.Clone() })];
        Parameter<double> restored = new(parameter.Value.Clone());
        Optimizer<double> second = Entry<double>().For(restored, schedule: Schedule());

        second.RestoreState(optimizer.Steps, states.Reverse());
        Run(optimizer, 4, parameter);
        Run(second, 4, restored);

        restored.Value.ShouldBe(parameter.Value);
        second.Steps.ShouldBe(7);

        static StepDecay Schedule() => new(every: 2, gamma: 0.5);
    }

    [Test]
    public void Step_SteadyState_AllocatesNothing()
    {
        AllocatedBytes<float>(byRows: false).ShouldBe(0);
        AllocatedBytes<double>(byRows: false).ShouldBe(0);
        AllocatedBytes<float>(byRows: true).ShouldBe(0);
    }

    private long AllocatedBytes<T>(bool byRows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Parameter<T> table = new(Some.Matrix<T>(500, 64));
        Optimizer<T> optimizer = Entry<T>().For(table, schedule: new InverseTimeDecay(0.01));
        int[] rows = Some.Labels(300, 500);
        Matrix<T> ofRows = Some.Matrix<T>(300, 64), whole = Some.Matrix<T>(500, 64);
        return Allocation.OfProcess(() =>
        {
            optimizer.ZeroGradients();
            if (byRows)
            {
                table.AddRowsToGradient(rows, ofRows);
            }
            else
            {
                table.AddToGradient(whole);
            }

            optimizer.Step();
        });
    }

    // Gradients that differ from step to step, the same for both precisions.
    private static void Run<T>(Optimizer<T> optimizer, int steps, params Parameter<T>[] parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int step = 0; step < steps; step++)
        {
            foreach (Parameter<T> parameter in parameters)
            {
                parameter.SetGradient(Some.Matrix<T>(6, 4, seed: (int)optimizer.Steps + 10));
            }

            optimizer.Step();
        }
    }

    private static Parameter<T> Random<T>() where T : unmanaged, IFloatingPointIeee754<T> => new(Some.Matrix<T>(6, 4));

    private OptimizerEntry<T> Entry<T>() where T : unmanaged, IFloatingPointIeee754<T> => OptimizerCatalogue.Get<T>(name);
}
