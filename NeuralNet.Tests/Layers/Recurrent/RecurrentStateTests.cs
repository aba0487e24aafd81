using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Recurrent;

/// <summary>Passes that go on from each other.</summary>
internal sealed class RecurrentStateTests
{
    private const int Steps = 6;

    private static IEnumerable<RecurrentLayer<double>> Layers()
    {
        var random = new Random(2);
        yield return new RNN<double>(2, 3, random, layers: 2);
        yield return new GRU<double>(2, 3, random, layers: 2);
        yield return new LSTM<double>(2, 3, random, layers: 2);
    }

    [TestCaseSource(nameof(Layers))]
    public void Forward_StepByStep_GivesWhatTheWholeSequenceGives(RecurrentLayer<double> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Matrix<double> x = Some.Matrix<double>(2, 2 * Steps, 3), whole = layer.Forward(x);
        var cache = new Cache<double>(training: false);
        RecurrentState.Start(layer, cache);
        for (int round = 0; round < 2; round++)
        {
            for (int step = 0; step < Steps; step++)
            {
                Matrix<double> y = layer.Forward(Piece(x, 2, step, 1), cache);
                (y - Piece(whole, 3, step, 1)).InfinityNorm().ShouldBeLessThan(1e-14);
            }

            RecurrentState.Start(layer, cache);
        }
    }

    [TestCaseSource(nameof(Layers))]
    public void Backward_SecondPiece_GivesTheGradientsOfThatPieceFromTheStateBefore(RecurrentLayer<double> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Matrix<double> first = Some.Matrix<double>(2, 2 * 4, 3), second = Some.Matrix<double>(2, 2 * 3, 4), upstream = Some.Matrix<double>(2, 3 * 3, 5);
        var cache = new Cache<double>();
        RecurrentState.Start(layer, cache);
        layer.Forward(first, cache);
        Matrix<double> y = layer.Forward(second, cache).Clone();
        layer.ZeroGradients();
        Matrix<double> downstream = layer.Backward(upstream, cache);

        const double Small = 1e-6;
        for (int column = 0; column < second.ColumnCount; column++)
        {
            Matrix<double> moved = second.Clone();
            moved[1, column] += Small;
            RecurrentState.Start(layer, cache);
            layer.Forward(first, cache);
            Matrix<double> difference = (layer.Forward(moved, cache) - y) / Small;
            downstream[1, column].ShouldBe(difference.PointwiseMultiply(upstream).Enumerate().Sum(), 1e-5);
        }
    }

    [Test]
    public void Stop_AfterAPass_BeginsWithZerosAgain()
    {
        var network = new Sequential<double>(new GRU<double>(2, 3, new Random(1)), new LSTM<double>(3, 2, new Random(2), lastStep: true), new Linear<double>(2, 1, new Random(3)));
        Matrix<double> x = Some.Matrix<double>(2, 4);
        var cache = new Cache<double>();
        Matrix<double> fresh = network.Forward(x, cache).Clone();
        RecurrentState.Start(network, cache);
        network.Forward(x, cache).ShouldBe(fresh);
        network.Forward(x, cache).ShouldNotBe(fresh);
        // Another cache knows nothing of it.
        network.Forward(x).ShouldBe(fresh);

        RecurrentState.Stop(network, cache);

        network.Forward(x, cache).ShouldBe(fresh);
        network.Forward(x, cache).ShouldBe(fresh);
    }

    [Test]
    public void Forward_LengthsAndCarriedState_BeginsWhereEachSequenceEnded()
    {
        var layer = new LSTM<double>(1, 3, new Random(1), lastStep: true);
        var gate = new RecurrentGate<double>(layer);
        var cache = new Cache<double>();
        RecurrentState.Start(gate, cache);
        gate.Forward([Matrices.FromRows<double>([1, 9], [2, 3]), Matrices.FromRows<double>([1], [2])], cache);

        Matrix<double> end = gate.Forward([Matrices.FromRows<double>([4, 5], [6, 9]), Matrices.FromRows<double>([2], [1])], cache);

        (end.Row(0) - layer.Forward(Matrices.FromRows<double>([1, 4, 5])).Row(0)).InfinityNorm().ShouldBeLessThan(1e-15);
        (end.Row(1) - layer.Forward(Matrices.FromRows<double>([2, 3, 6])).Row(0)).InfinityNorm().ShouldBeLessThan(1e-15);
    }

    [Test]
    public void Forward_AnotherNumberOfSamples_IsRefusedUntilTheStateIsStartedAnew()
    {
        var layer = new GRU<double>(2, 3, new Random(1));
        var cache = new Cache<double>();
        RecurrentState.Start(layer, cache);
        layer.Forward(Some.Matrix<double>(5, 4), cache);

        Should.Throw<InvalidOperationException>(() => layer.Forward(Some.Matrix<double>(4, 4), cache)).Message.ShouldContain("state of 5 samples over, and got 4");

        RecurrentState.Start(layer, cache);
        layer.Forward(Some.Matrix<double>(4, 4), cache).ShouldBe(layer.Forward(Some.Matrix<double>(4, 4)));
    }

    [Test]
    public void Start_WhereNoStateCanBeCarried_IsRefused()
    {
        var both = new GRU<double>(2, 3, new Random(1), bidirectional: true);
        Should.Throw<InvalidOperationException>(() => RecurrentState.Start(both, new Cache<double>())).Message.ShouldContain("from both ends");
        Should.Throw<ArgumentException>(() => RecurrentState.Start(new Linear<double>(2, 3, new Random(1)), new Cache<double>())).Message.ShouldContain("no recurrent layer");

        var gate = new RecurrentGate<double>(new GRU<double>(2, 3, new Random(1)), lengths: false, initialState: true);
        var cache = new Cache<double>();
        RecurrentState.Start(gate, cache);
        Should.Throw<InvalidOperationException>(() => gate.Forward([Some.Matrix<double>(1, 2), Some.Matrix<double>(1, 3)], cache)).Message.ShouldContain("RecurrentState.Stop");
    }

    private static Matrix<double> Piece(Matrix<double> sequence, int channels, int first, int count)
    {
        int steps = sequence.ColumnCount / channels;
        return Matrix<double>.Build.Dense(sequence.RowCount, channels * count, (i, column) => sequence[i, (column / count * steps) + first + (column % count)]);
    }
}
