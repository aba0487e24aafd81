using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Recurrent;

/// <summary>Recurrent layers with lengths and states: what is behind an end has no influence, and what does not fit is refused.</summary>
internal sealed class RecurrentGateTests
{
    private static readonly double[] s_lengths = [3, 5, 1, 4];

    private static IEnumerable<RecurrentLayer<double>> Layers()
    {
        var random = new Random(2);
        foreach (bool lastStep in new[] { false, true })
        {
            yield return new RNN<double>(2, 3, random, layers: 2, bidirectional: true, lastStep: lastStep);
            yield return new GRU<double>(2, 3, random, layers: 2, bidirectional: true, lastStep: lastStep);
            yield return new LSTM<double>(2, 3, random, layers: 2, bidirectional: true, lastStep: lastStep);
            yield return new LSTM<double>(2, 3, random, lastStep: lastStep);
        }
    }

    [TestCaseSource(nameof(Layers))]
    public void Backward_Lengths_AgreesWithTheNumericalGradient(RecurrentLayer<double> layer)
    {
        GradientCheckReport report = GradientCheck.Gate(new FixedLengths(layer, s_lengths), Some.Matrix<double>(4, 2 * 5, 3));

        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
        report.Rows.Count.ShouldBe(1 + layer.Parameters.Count);
    }

    [TestCaseSource(nameof(Layers))]
    public void Forward_Lengths_GivesWhatEachSequenceAloneGives(RecurrentLayer<double> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Matrix<double> x = Some.Matrix<double>(4, 2 * 5, 3), lengths = Matrix<double>.Build.Dense(4, 1, s_lengths);
        // What is behind an end is anything.
        for (int i = 0; i < 4; i++)
        {
            for (int column = 0; column < 10; column++)
            {
                x[i, column] = column % 5 < s_lengths[i] ? x[i, column] : double.NaN;
            }
        }

        Matrix<double> all = new RecurrentGate<double>(layer).Forward([x, lengths], new Cache<double>());

        for (int i = 0; i < 4; i++)
        {
            int length = (int)s_lengths[i];
            Matrix<double> alone = layer.Forward(Matrix<double>.Build.Dense(1, 2 * length, (_, column) => x[i, ((column / length) * 5) + (column % length)]));
            for (int column = 0; column < all.ColumnCount; column++)
            {
                (int channel, int step) = layer.IsLastStep ? (column, 0) : (column / 5, column % 5);
                double expected = layer.IsLastStep ? alone[0, channel] : step < length ? alone[0, (channel * length) + step] : 0;
                all[i, column].ShouldBe(expected, 1e-14);
            }
        }
    }

    [Test]
    public void Backward_NaNBehindTheEnds_ReachesNoGradient()
    {
        var layer = new LSTM<double>(1, 3, new Random(1));
        var gate = new RecurrentGate<double>(layer);
        var cache = new Cache<double>();
        Matrix<double> x = Matrices.FromRows<double>([0.5, double.NaN, double.NaN], [0.1, 0.2, 0.3]), lengths = Matrices.FromRows<double>([1], [3]);
        Matrix<double> upstream = Matrix<double>.Build.Dense(2, 9, 1);

        gate.Forward([x, lengths], cache);
        ReadOnlySpan<Matrix<double>?> downstream = gate.Backward(upstream, Wanted.All, cache);

        downstream[0]!.Enumerate().ShouldAllBe(value => double.IsFinite(value));
        downstream[0]!.Row(0)[1].ShouldBe(0);
        downstream[1]!.Enumerate().ShouldAllBe(value => value == 0);
        layer.Parameters.ShouldAllBe(named => named.Parameter.Gradient.Enumerate().All(double.IsFinite));
    }

    [TestCase(0.0, "got 0 for sequence 1")]
    [TestCase(4.0, "got 4 for sequence 1")]
    [TestCase(1.5, "got 1.5 for sequence 1")]
    [TestCase(double.NaN, "got NaN for sequence 1")]
    [TestCase(1e300, "got 1E+300 for sequence 1")]
    public void Forward_LengthThatIsNone_IsRefused(double length, string expected)
    {
        var gate = new RecurrentGate<double>(new RNN<double>(2, 3, new Random(1)));

        ArgumentException error = Should.Throw<ArgumentException>(() =>
            gate.Forward([Some.Matrix<double>(2, 6), Matrices.FromRows<double>([3], [length])], new Cache<double>()));

        error.Message.ShouldContain("whole numbers from 1 to 3");
        error.Message.ShouldContain(expected);
    }

    [Test]
    public void Forward_ShapesThatDoNotFit_AreRefusedByName()
    {
        var layer = new LSTM<double>(2, 3, new Random(1), bidirectional: true);
        var gate = new RecurrentGate<double>(layer, initialState: true);
        layer.StateSize.ShouldBe(12);
        Matrix<double> x = Some.Matrix<double>(2, 6), lengths = Matrix<double>.Build.Dense(2, 1, 1), state = Some.Matrix<double>(2, 12);

        Message(Some.Matrix<double>(2, 5), lengths, state).ShouldContain("[N×(2·P)]");
        Message(x, Matrix<double>.Build.Dense(1, 2, 1), state).ShouldContain("[2×1], got [1×2]");
        Message(x, lengths, Some.Matrix<double>(2, 6)).ShouldContain("[2×12], got [2×6]");
        Message(x, lengths, Some.Matrix<double>(3, 12)).ShouldContain("[2×12], got [3×12]");

        string Message(params Matrix<double>[] inputs) => Should.Throw<ArgumentException>(() => gate.Forward(inputs, new Cache<double>())).Message;
    }
}
