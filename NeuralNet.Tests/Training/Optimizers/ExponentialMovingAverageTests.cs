using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

internal sealed class ExponentialMovingAverageTests
{
    // From 8: 8 + (4 − 8)/4 = 7, 7 + (4 − 7)/4 = 6.25.
    [Test]
    public void Update_WeightThatMoved_IsApproached()
    {
        (Parameter<double> weight, ExponentialMovingAverage<double> average) = Make(0.75);
        weight.Value[0, 0] = 4;
        average.Update();
        average.Averages[0].Value[0, 0].ShouldBe(7);
        average.Update();
        average.Averages[0].Value[0, 0].ShouldBe(6.25);
        average.Updates.ShouldBe(2);
        weight.Value[0, 0].ShouldBe(4);
    }

    // d = 1/10, 2/11: from 8 to 4 + 0.4, then to 4 + 0.4·2/11; the decay given comes when it is the smaller one: 1/10 again.
    [Test]
    public void Update_WarmUp_BeginsWithASmallDecay()
    {
        (Parameter<double> weight, ExponentialMovingAverage<double> average) = Make(0.999, warmUp: true);
        weight.Value[0, 0] = 4;
        average.Update();
        average.Averages[0].Value[0, 0].ShouldBe(4.4, 1e-14);
        average.Update();
        average.Averages[0].Value[0, 0].ShouldBe(4 + (0.4 * 2 / 11), 1e-14);

        (weight, average) = Make(0.05, warmUp: true);
        weight.Value[0, 0] = 4;
        average.Update();
        average.Averages[0].Value[0, 0].ShouldBe(4.2, 1e-14);
    }

    [Test]
    public void Apply_UntilDisposed_PutsTheMeansIntoTheNetwork()
    {
        (Parameter<double> weight, ExponentialMovingAverage<double> average) = Make(0.75);
        weight.Value[0, 0] = 4;
        average.Update();
        using (average.Apply())
        {
            average.IsApplied.ShouldBeTrue();
            weight.Value[0, 0].ShouldBe(7);
            Should.Throw<InvalidOperationException>(average.Update).Message.ShouldContain("are in the network");
            Should.Throw<InvalidOperationException>(() => average.Averages);
            Should.Throw<InvalidOperationException>(() => average.Apply());
            Should.Throw<InvalidOperationException>(() => average.RestoreState(1, []));
        }

        average.IsApplied.ShouldBeFalse();
        weight.Value[0, 0].ShouldBe(4);
        average.Averages[0].Value[0, 0].ShouldBe(7);
        average.Updates.ShouldBe(1);
        default(ExponentialMovingAverage<double>.Application).Dispose();
    }

    [Test]
    public void Dispose_WeightsPutBackAlready_LeavesThem()
    {
        (Parameter<double> weight, ExponentialMovingAverage<double> average) = Make(0.75);
        weight.Value[0, 0] = 4;
        using (average.Apply())
        {
            average.Swap();
        }

        weight.Value[0, 0].ShouldBe(4);
    }

    [Test]
    public void RestoreState_OfAnotherRun_GoesOnWithTheSameBits()
    {
        (Parameter<double> weight, ExponentialMovingAverage<double> average) = Make(0.9, warmUp: true);
        (Parameter<double> restored, ExponentialMovingAverage<double> second) = Make(0.9, warmUp: true);
        weight.Value[0, 0] = restored.Value[0, 0] = 3.3;
        average.Update();
        average.Update();
        second.RestoreState(average.Updates, average.Averages);
        average.Update();
        second.Update();
        second.Averages[0].Value.ShouldBe(average.Averages[0].Value);
        second.Averages[0].Value.ShouldNotBeSameAs(average.Averages[0].Value);
        second.Updates.ShouldBe(3);
    }

    [Test]
    public void RestoreState_WhatDoesNotFit_IsRefusedAndChangesNothing()
    {
        (_, ExponentialMovingAverage<double> average) = Make(0.75);
        Should.Throw<ArgumentException>(() => average.RestoreState(5, [])).Message.ShouldContain("The state 'w' of ExponentialMovingAverage(0.75) is not given");
        Should.Throw<ArgumentException>(() => average.RestoreState(5, [new("w", Some.Matrix<double>(2, 1))])).Message.ShouldContain("is [1×1], got [2×1]");
        Should.Throw<ArgumentOutOfRangeException>(() => average.RestoreState(-1, average.Averages));
        average.Updates.ShouldBe(0);
    }

    [Test]
    public void Constructor_BadArguments_AreRefused()
    {
        Parameter<double> one = new(Matrix<double>.Build.Dense(1, 1)), other = new(Matrix<double>.Build.Dense(1, 1));
        Should.Throw<ArgumentException>(() => new ExponentialMovingAverage<double>([])).Message.ShouldContain("no parameters");
        Should.Throw<ArgumentException>(() => new ExponentialMovingAverage<double>([default])).Message.ShouldContain("Parameter 0");
        Should.Throw<ArgumentException>(() => new ExponentialMovingAverage<double>([new("w", one), new("w", other)])).Message.ShouldContain("named 'w'");
        new ExponentialMovingAverage<double>([new("v", one), new("w", one)]).Averages.ShouldHaveSingleItem().Name.ShouldBe("v");
        foreach (double decay in (ReadOnlySpan<double>)[-0.1, 1, double.NaN])
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage<double>([new("w", one)], decay)).ParamName.ShouldBe("decay");
        }
    }

    [Test]
    public void Update_SteadyState_AllocatesNothing()
    {
        Parameter<float> weight = new(Some.Matrix<float>(300, 200));
        var average = new ExponentialMovingAverage<float>([new("w", weight)]);
        Allocation.OfThread(() =>
        {
            average.Update();
            using (average.Apply())
            {
            }
        }).ShouldBe(0);
    }

    private static (Parameter<double> Weight, ExponentialMovingAverage<double> Average) Make(double decay, bool warmUp = false)
    {
        Parameter<double> weight = new(Matrix<double>.Build.Dense(1, 1, 8));
        return (weight, new ExponentialMovingAverage<double>([new("w", weight)], decay, warmUp));
    }
}
