using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>What every gate must compute, be it a function, a layer or a network: checked for all that stand in a catalogue.</summary>
[TestFixtureSource(nameof(Names))]
internal sealed class GateContractTests(string name)
{
    private static IEnumerable<string> Names() => GateCatalogue.All<double>().Select(entry => entry.Name);

    [Test]
    public void Backward_RandomUpstream_AgreesWithTheNumericalGradient([Values(1, 5, 33)] int samples, [Values] bool training)
    {
        GateEntry<double> entry = Entry<double>();
        var cache = new Cache<double>(training, keeps: true);
        Matrix<double>[] inputs = entry.Inputs(samples, seed: samples);
        GradientCheckReport report = GradientCheck.Function(entry.Words > 0
            ? new DifferentiableGate<double>(entry.Gate, [], inputs, cache).Create(name)
            : DifferentiableFunction<double>.OfGate(entry.Gate, inputs, cache));
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
        report.Rows.Count.ShouldBe((entry.Words > 0 ? 0 : inputs.Length) + entry.Gate.Parameters.Count);

        // Keys that are all moved alike move no softmax: the gradient by their bias is rounding, and the check says so.
        report.Diagnoses.Where(diagnosis => !(diagnosis.Mistake == GradientMistake.NotResolved && diagnosis.Variable.EndsWith("in_proj_bias", StringComparison.Ordinal))).ShouldBeEmpty();
        if (entry.Gate.IsElementwise)
        {
            report.Rows.ShouldAllBe(row => row.Kinks == 0);
        }
    }

    [Test]
    public void ForwardAndBackward_Float_AgreesWithDouble([Values] bool training)
    {
        GatePass<float> pass = Pass<float>(training);
        GatePass<double> expected = Pass<double>(training);
        Matrix<float> output = pass.Forward(samples: 9);
        Matrix<double> expectedOutput = expected.Forward(samples: 9);
        ShouldAgree(output, expectedOutput, 4e-6);
        foreach ((Matrix<float>? gradient, Matrix<double>? expectedGradient) in pass.Backward(output).Zip(expected.Backward(expectedOutput)))
        {
            ShouldAgree(gradient!, expectedGradient!, 1e-5);
        }
    }

    [Test]
    public void Backward_CalledTwice_DoublesTheGradientsAndRepeatsTheDownstream()
    {
        GatePass<double> pass = Pass<double>();
        Matrix<double>[] inputs = Entry<double>().Inputs(samples: 9);
        Matrix<double> output = pass.Forward(inputs);
        Matrix<double>?[] once = pass.Backward(output), twice = pass.BackwardAgain(output, Wanted.All);
        twice[..inputs.Length].ShouldBe(once[..inputs.Length]);
        for (int i = inputs.Length; i < once.Length; i++)
        {
            (twice[i]! - (2 * once[i]!)).InfinityNorm().ShouldBeLessThan(1e-13);
        }
    }

    [Test]
    public void Backward_SomeInputsNotWanted_GivesTheSameGradientsAndNoOther()
    {
        GatePass<double> pass = Pass<double>();
        Matrix<double>[] inputs = Entry<double>().Inputs(samples: 9);
        Matrix<double> output = pass.Forward(inputs);
        Matrix<double>?[] all = pass.Backward(output);
        for (int wanted = -1; wanted < inputs.Length; wanted++)
        {
            bool[] flags = new bool[inputs.Length];
            if (wanted >= 0)
            {
                flags[wanted] = true;
            }

            pass.Backward(output, wanted < 0 ? Wanted.None : new Wanted(flags))
                .ShouldBe([.. all.Select((gradient, i) => i < inputs.Length && i != wanted ? null : gradient)]);
        }
    }

    [Test]
    public void ForwardAndBackward_ShapeChangesBetweenCalls_GivesWhatAFreshCacheGives([Values] bool training)
    {
        GatePass<double> pass = Pass<double>(training);
        foreach (int samples in (ReadOnlySpan<int>)[8, 3, 8, 1, 8])
        {
            GatePass<double> fresh = pass.WithFreshCache();
            Matrix<double> output = pass.Forward(samples, seed: samples), expected = fresh.Forward(samples, seed: samples);
            output.ShouldBe(expected);
            pass.Backward(output).ShouldBe(fresh.Backward(expected));
        }
    }

    // A cache may serve one network after another, so a buffer holds zeros at its first use only.
    [Test]
    public void ForwardAndBackward_BuffersHoldWhatAnotherGateLeft_GivesWhatAFreshCacheGives([Values] bool training)
    {
        GatePass<double> pass = Pass<double>(training), fresh = pass.WithFreshCache();
        pass.Backward(pass.Forward(samples: 5));
        CacheBuffers.Fill(pass.Cache, double.NaN);
        Matrix<double> expected = fresh.Forward(samples: 5);
        Matrix<double> output = pass.Forward(samples: 5);
        output.ShouldBe(expected);
        pass.Backward(output).ShouldBe(fresh.Backward(expected));
    }

    // What looks for the part that made a number go wrong, and what counts dead units, look there.
    [Test]
    public void Forward_PartsOfTheCache_HoldThePassesOfTheChildren()
    {
        GatePass<double> pass = Pass<double>();
        pass.Forward(samples: 4);
        Owners(pass.Gate, pass.Cache).ShouldAllBe(pair => pair.Expected == pair.Actual);

        static IEnumerable<(object Expected, object? Actual)> Owners(Gate<double> gate, Cache<double> cache) =>
            gate.Children.SelectMany((child, i) => Owners(child.Gate, cache[i]).Prepend((child.Gate, cache[i].Owner)));
    }

    [Test]
    public void Forward_Inference_GivesWhatEvaluationGives()
    {
        GateEntry<double> entry = Entry<double>();
        Matrix<double>[] inputs = entry.Inputs(samples: 4);
        Matrix<double> training = Pass<double>().Forward(inputs), evaluation = Pass<double>(training: false).Forward(inputs);
        Matrix<double> answer = entry.Gate.Forward(inputs, new Cache<double>(training: false));
        answer.ShouldBe(evaluation);
        answer.Equals(training).ShouldBe(entry.IsSameInEvaluation);
        if (entry.Gate is Layer<double> layer)
        {
            Matrix<double> own = layer.Forward(inputs[0]);
            own.ShouldBe(evaluation);
            own.ShouldNotBeSameAs(layer.Forward(inputs[0]));
            own.ShouldNotBeSameAs(inputs[0]);
        }
    }

    [Test]
    public void Pass_SteadyState_AllocatesNothingAlsoWhenBatchSizesAlternate()
    {
        AllocatedBytes<float>().ShouldBe(0);
        AllocatedBytes<double>().ShouldBe(0);
    }

    [Test]
    public void ForwardAndBackward_NoRows_GiveNone()
    {
        GateEntry<double> entry = Entry<double>();
        if (entry.TakesNoRows)
        {
            GatePass<double> pass = Pass<double>();
            Matrix<double>[] inputs = entry.Inputs(samples: 0);
            Matrix<double>?[] gradients = pass.Backward(pass.Forward(inputs));
            gradients.Take(inputs.Length).Select(gradient => gradient!.Shape()).ShouldBe(inputs.Select(input => input.Shape()));
            gradients.ShouldAllBe(gradient => gradient!.Enumerate().All(double.IsFinite));
        }
    }

    private long AllocatedBytes<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        GateEntry<T> entry = Entry<T>();
        Cache<T> cache = new(), workspace = new(training: false);
        Matrix<T>[][] inputs = [entry.Inputs(samples: 32), entry.Inputs(samples: 5)];
        Matrix<T>[] upstreams = [.. inputs.Select(input => entry.Gate.Forward(input, new Cache<T>()).Clone())];
        return Support.Allocation.OfThread(() =>
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                entry.Gate.Forward(inputs[i], workspace);
                entry.Gate.Forward(inputs[i], cache);
                entry.Gate.ZeroGradients();
                entry.Gate.Backward(upstreams[i], Wanted.All, cache);
                cache.Rewind();
                entry.Gate.Backward(upstreams[i], Wanted.None, cache);
            }
        });
    }

    private static void ShouldAgree(Matrix<float> actual, Matrix<double> expected, double tolerance)
    {
        (actual.RowCount, actual.ColumnCount).ShouldBe((expected.RowCount, expected.ColumnCount));
        foreach ((int row, int column, double value) in expected.EnumerateIndexed())
        {
            ((double)actual[row, column]).ShouldBe(value, tolerance * Math.Max(1, Math.Abs(value)), $"at [{row}, {column}]");
        }
    }

    private GateEntry<T> Entry<T>() where T : unmanaged, IFloatingPointIeee754<T> => GateCatalogue.Get<T>(name);

    private GatePass<T> Pass<T>(bool training = true) where T : unmanaged, IFloatingPointIeee754<T> => new(Entry<T>(), training);
}
