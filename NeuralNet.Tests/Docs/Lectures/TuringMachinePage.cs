using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers.Memory;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The code of docs/lectures/turing-machine.md.</summary>
internal sealed class TuringMachinePage
{
    private const double Epsilon = 1e-8;

    [Test]
    public void Addressing_ByHand_IsThatOfTheGates()
    {
        Matrix<double> memory = Some.Matrix<double>(4, 3, 2);
        Vector<double> key = Some.Matrix<double>(1, 3, 3).Row(0), before = Vector<double>.Build.Dense([0.1, 0.2, 0.3, 0.4]);
        Vector<double> s = Vector<double>.Build.Dense([0.2, 0.5, 0.3]), dw = Some.Matrix<double>(1, 4, 4).Row(0);
        double beta = 1.5, g = 0.7, gamma = 2.5;

        #region addressing
        // One sample: memory [R×W], key [W], weightings [R].
        Vector<double> lengths = memory.RowNorms(2).Map(length => Math.Sqrt((length * length) + Epsilon));
        double keyLength = Math.Sqrt((key * key) + Epsilon);
        Vector<double> k = (memory * key).PointwiseDivide(lengths) / keyLength;
        Vector<double> content = (beta * k).PointwiseExp() / (beta * k).PointwiseExp().Sum();
        Vector<double> gated = (g * content) + ((1 - g) * before);
        Vector<double> shifted = (s[0] * Moved(gated, -1)) + (s[1] * gated) + (s[2] * Moved(gated, 1));
        Vector<double> powers = shifted.PointwisePower(gamma), w = powers / powers.Sum();

        // And back, from dw.
        Vector<double> t = w.PointwiseMultiply(dw - (dw * w));
        Vector<double> dShifted = gamma * t.PointwiseDivide(shifted);
        double dGamma = t * shifted.PointwiseLog();
        Vector<double> dGated = (s[0] * Moved(dShifted, 1)) + (s[1] * dShifted) + (s[2] * Moved(dShifted, -1));
        double[] ds = [dShifted * Moved(gated, -1), dShifted * gated, dShifted * Moved(gated, 1)];
        double dg = dGated * (content - before);
        Vector<double> dContent = g * dGated, dBefore = (1 - g) * dGated;
        Vector<double> dScore = content.PointwiseMultiply(dContent - (dContent * content));
        double dBeta = dScore * k;
        Vector<double> dk = beta * dScore, a = dk.PointwiseDivide(lengths) / keyLength, b = dk.PointwiseMultiply(k);
        Matrix<double> dMemory = a.OuterProduct(key) - (Matrix<double>.Build.DenseOfDiagonalVector(b.PointwiseDivide(lengths.PointwisePower(2))) * memory);
        Vector<double> dKey = (a * memory) - (b.Sum() / (keyLength * keyLength) * key);

        static Vector<double> Moved(Vector<double> weights, int by) => Vector<double>.Build.Dense(weights.Count, i => weights[(i - by + weights.Count) % weights.Count]);
        #endregion

        var graph = new Graph<double>();
        Node<double> memoryNode = graph.Variable("M", Flat(memory)), keyNode = graph.Variable("k", key.ToRowMatrix()), beforeNode = graph.Variable("before", before.ToRowMatrix());
        Node<double> shares = graph.Variable("s", s.ToRowMatrix()), strength = graph.Variable("β", Of(beta)), gate = graph.Variable("g", Of(g)), power = graph.Variable("γ", Of(gamma));
        Node<double> score = graph.Apply(new ScaleRowsGate<double>(), graph.Apply(new CosineSimilarityGate<double>(Epsilon), memoryNode, keyNode), strength);
        Node<double> between = graph.Apply(new InterpolateGate<double>(), gate, graph.Apply(new Softmax<double>(), score), beforeNode);
        Node<double> weights = graph.Apply(new SharpenGate<double>(), graph.Apply(new CircularShiftGate<double>(), between, shares), power);
        graph.Forward();
        graph.Backward(weights, dw.ToRowMatrix());

        ShouldAgree(weights.Matrix, w.ToRowMatrix());
        ShouldAgree(power.MatrixGradient, Of(dGamma));
        ShouldAgree(shares.MatrixGradient, Matrices.FromRows<double>(ds));
        ShouldAgree(gate.MatrixGradient, Of(dg));
        ShouldAgree(beforeNode.MatrixGradient, dBefore.ToRowMatrix());
        ShouldAgree(strength.MatrixGradient, Of(dBeta));
        ShouldAgree(keyNode.MatrixGradient, dKey.ToRowMatrix());
        ShouldAgree(memoryNode.MatrixGradient, Flat(dMemory));
    }

    [Test]
    public void ReadingAndWriting_ByHand_AreThoseOfTheGates()
    {
        Matrix<double> memory = Some.Matrix<double>(4, 3, 2), dWritten = Some.Matrix<double>(4, 3, 3);
        Vector<double> w = Vector<double>.Build.Dense([0.1, 0.2, 0.3, 0.4]), e = Vector<double>.Build.Dense([0.9, 0.5, 0.1]), add = Some.Matrix<double>(1, 3, 4).Row(0), dr = Some.Matrix<double>(1, 3, 5).Row(0);

        #region memory
        Matrix<double> written = memory - w.OuterProduct(e).PointwiseMultiply(memory) + w.OuterProduct(add);
        Vector<double> r = w * written;

        // And back: what was read adds to the gradient by the memory, what was written turns it into that by the memory before.
        dWritten += w.OuterProduct(dr);
        Vector<double> dwOfReading = written * dr;
        Matrix<double> dBefore = dWritten - w.OuterProduct(e).PointwiseMultiply(dWritten);
        Vector<double> dwOfWriting = (dWritten * add) - (dWritten.PointwiseMultiply(memory) * e);
        Vector<double> de = -(w * dWritten.PointwiseMultiply(memory)), da = w * dWritten;
        #endregion

        var graph = new Graph<double>();
        Node<double> memoryNode = graph.Variable("M", Flat(memory)), writing = graph.Variable("w", w.ToRowMatrix()), reading = graph.Variable("w'", w.ToRowMatrix());
        Node<double> erased = graph.Variable("e", e.ToRowMatrix()), added = graph.Variable("a", add.ToRowMatrix());
        Node<double> after = graph.Apply(new WriteMemoryGate<double>(), memoryNode, writing, erased, added), read = graph.Apply(new ReadMemoryGate<double>(), after, reading);
        graph.Forward();
        graph.Backward([(read, dr.ToRowMatrix()), (after, Flat(Some.Matrix<double>(4, 3, 3)))]);

        ShouldAgree(read.Matrix, r.ToRowMatrix());
        ShouldAgree(memoryNode.MatrixGradient, Flat(dBefore));
        ShouldAgree(writing.MatrixGradient, dwOfWriting.ToRowMatrix());
        ShouldAgree(reading.MatrixGradient, dwOfReading.ToRowMatrix());
        ShouldAgree(erased.MatrixGradient, de.ToRowMatrix());
        ShouldAgree(added.MatrixGradient, da.ToRowMatrix());
    }

    [Test]
    public void Machine_OverAFewSteps_IsDrawnAsThePages()
    {
        #region machine
        var machine = new NeuralTuringMachine<double>(inputs: 3, outputs: 2, hidden: 8, locations: 5, width: 4, new Random(1));
        var cache = new Cache<double>();
        Matrix<double> x = Some.Matrix<double>(6, 3 * 7);    // 6 sequences of 7 steps
        Matrix<double> y = machine.Forward(x, cache);    // [6×(2·7)]
        Matrix<double> reading = machine.ReadWeights(cache, step: 6);    // [6×5]: where the head stood in the last step

        var graph = new Graph<double>();
        Node<double>[] inputs = [.. Enumerable.Range(1, 3).Select(t => graph.Constant(Some.Matrix<double>(1, 3, t), $"x{t}"))];
        machine.Unroll(graph, samples: 1, inputs);
        string svg = graph.Draw().ToSvg();
        #endregion

        (y.RowCount, y.ColumnCount, reading.ColumnCount).ShouldBe((6, 14, 5));
        svg.ShouldBe(File.ReadAllText(Path.Combine(Page.Root, "docs", "lectures", "turing-machine.svg")));
    }

    private static Matrix<double> Of(double number) => Matrix<double>.Build.Dense(1, 1, number);

    private static Matrix<double> Flat(Matrix<double> memory) => Matrix<double>.Build.Dense(1, 12, (_, column) => memory[column / 3, column % 3]);

    private static void ShouldAgree(Matrix<double> actual, Matrix<double> expected) => (actual - expected).InfinityNorm().ShouldBeLessThan(1e-14);
}
