using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Optimizers;

internal sealed class AdamTests
{
    // The first step is the rate, whatever the gradient: m̂ = g, v̂ = g².
    [TestCase(1e-3)]
    [TestCase(250.0)]
    public void Step_TheFirst_HasTheLengthOfTheRate(double gradient)
    {
        Parameter<double> parameter = One(1);
        var adam = new Adam<double>([new("w", parameter)], 0.1, epsilon: 1e-300);
        parameter.SetGradient(Matrix<double>.Build.Dense(1, 1, -gradient));
        adam.Step();
        parameter.Value[0, 0].ShouldBe(1.1, 1e-15);
    }

    [Test]
    public void Step_ParameterThatJoinsLate_IsCorrectedFromItsOwnFirstStep()
    {
        Parameter<double> early = One(1), late = One(1);
        var adam = new Adam<double>([new("early", early), new("late", late)], 0.1);
        for (int step = 0; step < 5; step++)
        {
            early.SetGradient(Matrix<double>.Build.Dense(1, 1, 2));
            if (step == 4)
            {
                late.SetGradient(Matrix<double>.Build.Dense(1, 1, 2));
            }

            adam.Step();
        }

        late.Value[0, 0].ShouldBe(0.9, 1e-8);
        adam.States.Where(state => state.Name.EndsWith("/step", StringComparison.Ordinal)).Select(state => state.Value[0, 0]).ShouldBe([5, 1]);
    }

    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    public void Step_CountThatIsNone_IsRefused(double count)
    {
        Parameter<double> parameter = One(1);
        var adam = new AdamW<double>([new("w", parameter)], 0.1, 0.01);
        adam.RestoreState(3, [new("w/step", Matrix<double>.Build.Dense(1, 1, count)), new("w/mean", One(0).Value), new("w/squares", One(0).Value)]);
        parameter.SetGradient(One(1).Value);
        Should.Throw<InvalidOperationException>(adam.Step).Message.ShouldContain("'step'");
        parameter.Value[0, 0].ShouldBe(1);
    }

    // 1 − 0.1·0.5 of the weight stays, and Adam's own step of 0.1; the bias has the step only.
    [Test]
    public void AdamW_Decay_ShrinksWeightsAndNotBiases()
    {
        Parameter<double> weight = One(10), bias = new(Matrix<double>.Build.Dense(1, 1, 10), isRegularized: false);
        var adam = new AdamW<double>([new("w", weight), new("b", bias)], 0.1, weightDecay: 0.5);
        weight.SetGradient(One(1).Value);
        bias.SetGradient(One(1).Value);
        adam.Step();
        weight.Value[0, 0].ShouldBe(9.4, 1e-8);
        bias.Value[0, 0].ShouldBe(9.9, 1e-8);
        ((AdamW<double>.Group)adam.Groups[0]).WeightDecay = 0;
        weight.SetGradient(One(1).Value);
        bias.ZeroGradient();
        adam.Step();
        weight.Value[0, 0].ShouldBe(9.3, 1e-7);
    }

    // Threads share 200,000 numbers.
    [Test]
    public void Step_AnyNumberOfThreads_GivesTheSameBits()
    {
        int threads = NeuralNet.Core.Operations.ComputeThreads.Count;
        try
        {
            NeuralNet.Core.Operations.ComputeThreads.Count = 1;
            Matrix<float> expected = Trained();
            NeuralNet.Core.Operations.ComputeThreads.Count = Environment.ProcessorCount;
            Trained().ShouldBe(expected);
        }
        finally
        {
            NeuralNet.Core.Operations.ComputeThreads.Count = threads;
        }

        static Matrix<float> Trained()
        {
            Parameter<float> parameter = new(Some.Matrix<float>(500, 401));
            var adam = new Adam<float>([new("w", parameter)], 0.01f);
            for (int step = 0; step < 3; step++)
            {
                parameter.SetGradient(Some.Matrix<float>(500, 401, seed: step));
                adam.Step();
            }

            return parameter.Value;
        }
    }

    private static Parameter<double> One(double value) => new(Matrix<double>.Build.Dense(1, 1, value));
}
