using System.Numerics;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>A step of each cell against its equations number by number in double, and what is refused. That the way back fits, gradient checks of the layers and PyTorch's figures say.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class RecurrentOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Samples = 3;

    private static double Tolerance => typeof(T) == typeof(float) ? 1e-6 : 1e-14;

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(37)]
    public void Forward_AnySize_IsTheEquations(int hidden)
    {
        T[] lstm = Numbers(4 * hidden * Samples, 1), gru = Numbers(3 * hidden * Samples, 2), rnn = Numbers(hidden * Samples, 3), recurrent = Numbers(3 * hidden * Samples, 4);
        T[] bias = Numbers(4 * hidden, 5), before = Numbers(hidden * Samples, 6), previousState = Numbers(hidden * Samples, 7);
        T[] state = new T[hidden * Samples], kept = new T[hidden * Samples], ofLstm = new T[hidden * Samples], ofGru = new T[hidden * Samples], ofRnn = new T[hidden * Samples];
        (T[] lstmIn, T[] gruIn, T[] rnnIn) = ([.. lstm], [.. gru], [.. rnn]);

        RecurrentOperations.LSTM(Step(hidden, lstm, default, bias, previousState, state, kept, before, ofLstm));
        RecurrentOperations.GRU(Step(hidden, gru, recurrent, bias, default, default, kept, before, ofGru));
        RecurrentOperations.RNN(Step(hidden, rnn, default, bias.AsSpan(0, hidden), default, default, default, before, ofRnn));

        for (int sample = 0; sample < Samples; sample++)
        {
            for (int j = 0; j < hidden; j++)
            {
                int at = (sample * hidden) + j;
                double i = Sigmoid(Gate(lstmIn, 4, 0)), f = Sigmoid(Gate(lstmIn, 4, 1)), g = Math.Tanh(Gate(lstmIn, 4, 2)), o = Sigmoid(Gate(lstmIn, 4, 3));
                double c = (f * D(previousState[at])) + (i * g);
                D(state[at]).ShouldBe(c, Tolerance);
                D(ofLstm[at]).ShouldBe(o * Math.Tanh(c), Tolerance);
                double r = Sigmoid(Gate(gruIn, 3, 0) + Of(recurrent, 3, 0)), z = Sigmoid(Gate(gruIn, 3, 1) + Of(recurrent, 3, 1));
                double n = Math.Tanh(Gate(gruIn, 3, 2) + (r * (Of(recurrent, 3, 2) + D(bias[(3 * hidden) + j]))));
                D(ofGru[at]).ShouldBe(((1 - z) * n) + (z * D(before[at])), Tolerance);
                D(ofRnn[at]).ShouldBe(Math.Tanh(Gate(rnnIn, 1, 0)), Tolerance);

                double Of(T[] gates, int count, int gate) => D(gates[(sample * count * hidden) + (gate * hidden) + j]);
                double Gate(T[] gates, int count, int gate) => Of(gates, count, gate) + D(bias[(gate * hidden) + j]);
            }
        }

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }

    [Test]
    public void Forward_EndedSequence_KeepsItsState()
    {
        T[] before = Numbers(2 * Samples, 1), previousState = Numbers(2 * Samples, 2), state = new T[2 * Samples], output = new T[2 * Samples];
        int[] lengths = [1, 3, 2];
        RecurrentStep<T> step = Step(2, Numbers(8 * Samples, 3), default, Numbers(8, 4), previousState, state, new T[2 * Samples], before, output);

        RecurrentOperations.LSTM(new RecurrentStep<T>
        {
            Hidden = 2,
            Samples = Samples,
            Stride = 2,
            Gates = step.Gates,
            Bias = step.Bias,
            PreviousState = previousState,
            State = state,
            Kept = step.Kept,
            PreviousOutput = before,
            Output = output,
            Lengths = lengths,
            Step = 2,
        });

        output[..2].ShouldBe(before[..2]);
        state[4..].ShouldBe(previousState[4..]);
        output[2..4].ShouldNotBe(before[2..4]);
    }

    [Test]
    public void Forward_ArraysThatDoNotFit_AreRefused()
    {
        T[] small = new T[5], six = new T[6], other = new T[6], all = new T[24], bias = new T[8], state = new T[6], kept = new T[6], h = new T[6];
        Refused(() => RecurrentOperations.LSTM(Step(2, small, default, bias, six, state, kept, other, h))).ShouldContain("Gates");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, small, bias, six, state, kept, other, h))).ShouldContain("Recurrent");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, six, six, state, kept, other, h))).ShouldContain("Bias");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, small, state, kept, other, h))).ShouldContain("PreviousState");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, six, small, kept, other, h))).ShouldContain("State");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, six, state, small, other, h))).ShouldContain("Kept");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, six, state, kept, small, h))).ShouldContain("PreviousOutput");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, six, state, kept, other, small))).ShouldContain("Output");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, six, six, kept, other, h))).ShouldContain("State is written");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, six, state, kept, other, other))).ShouldContain("Output is written");
        Refused(() => RecurrentOperations.LSTM(Step(2, all, default, bias, six, state, kept, other, all.AsSpan(0, 6)))).ShouldContain("Gates is written");
        Should.Throw<ArgumentOutOfRangeException>(() => RecurrentOperations.RNN(Step(0, default, default, default, default, default, default, default, default)));
    }

    [Test]
    public void Backward_ArraysThatDoNotFit_AreRefused()
    {
        T[] six = new T[6], other = new T[6], third = new T[6], bias = new T[2];
        RecurrentOperations.RNNBackward(Back(six, other, third, bias, []));
        Refused(() => RecurrentOperations.RNNBackward(Back(new T[5], other, third, bias, []))).ShouldContain("Gates");
        Refused(() => RecurrentOperations.RNNBackward(Back(six, new T[5], third, bias, []))).ShouldContain("OutputGradient");
        Refused(() => RecurrentOperations.RNNBackward(Back(six, other, new T[7], bias, []))).ShouldContain("GateGradients");
        Refused(() => RecurrentOperations.RNNBackward(Back(six, other, third, new T[3], []))).ShouldContain("BiasSums");
        Refused(() => RecurrentOperations.RNNBackward(Back(six, six, third, bias, []))).ShouldContain("OutputGradient is written");
        Refused(() => RecurrentOperations.RNNBackward(Back(six, other, other, bias, []))).ShouldContain("is written");
        Refused(() => RecurrentOperations.RNNBackward(Back(six, other, third, bias, [1, 2]))).ShouldContain("a length for each");
    }

    private static RecurrentStepBack<T> Back(T[] gates, T[] output, T[] ofGates, T[] bias, int[] lengths) => new()
    {
        Hidden = 2,
        Samples = Samples,
        Stride = 2,
        Gates = gates,
        OutputGradient = output,
        GateGradients = ofGates,
        BiasSums = bias,
        Lengths = lengths,
    };

    private static RecurrentStep<T> Step(
        int hidden, Span<T> gates, ReadOnlySpan<T> recurrent, ReadOnlySpan<T> bias, ReadOnlySpan<T> previousState, Span<T> state, Span<T> kept, ReadOnlySpan<T> before, Span<T> output) => new()
        {
            Hidden = hidden,
            Samples = Samples,
            Stride = hidden,
            Gates = gates,
            Recurrent = recurrent,
            Bias = bias,
            PreviousState = previousState,
            State = state,
            Kept = kept,
            PreviousOutput = before,
            Output = output,
        };

    private static string Refused(Action action) => Should.Throw<ArgumentException>(action).Message;

    private static T[] Numbers(int count, int seed)
    {
        var numbers = new T[count];
        Some.Numbers<T>(numbers, new Random(seed));
        return numbers;
    }

    private static double D(T number) => double.CreateChecked(number);
}
