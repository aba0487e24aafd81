using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Reliability.Running;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>One network, a graph among its layers, that many threads ask at once, each with a cache of its own.</summary>
internal sealed class SharedModel
{
    private const int Features = 60;

    private readonly Sequential<float> _net;
    private readonly Matrix<float>[] _questions;
    private readonly float[][] _answers;

    /// <summary>Makes the network, questions of several sizes, and the answers that one thread gets.</summary>
    public SharedModel(long seed)
    {
        var random = new Philox(seed);
        var graph = new Graph<float>();
        Node<float> input = graph.Constant(Matrix<float>.Build.Dense(1, 40), "x");
        Node<float> weight = graph.Parameter("w", new Parameter<float>(Some.Matrix<float>(40, 40, (int)seed)));
        _net = new Sequential<float>(
            new Linear<float>(Features, 80, random), new GELU<float>(), new Maxout<float>(2), new GraphLayer<float>(input, Tanh(MatrixMultiply(input, weight))),
            new Linear<float>(40, 300, random), new Softmax<float>());
        _questions = [.. new[] { 1, 7, 64, 200 }.Select((rows, i) => Some.Matrix<float>(rows, Features, (int)seed + i))];
        _answers = [.. _questions.Select(question => _net.Forward(question).AsSpan().ToArray())];
    }

    /// <summary>Asks from several threads: with a cache for inference, with one that keeps what a backward pass needs, and without one.</summary>
    /// <param name="threads">How many threads.</param>
    /// <param name="questions">How many questions each asks.</param>
    /// <exception cref="DefectException">An answer is not the one that one thread gets, to the bit.</exception>
    public void Ask(int threads, int questions) => Together.Run(threads, thread =>
    {
        Cache<float> inference = new(training: false), keeping = new(training: false, keeps: true);
        for (int i = 0; i < questions; i++)
        {
            int number = (thread + i) % _questions.Length;
            Matrix<float> question = _questions[number];
            Matrix<float> answer = (i % 3) switch
            {
                0 => _net.Forward(question, inference),
                1 => _net.Forward(question, keeping),
                _ => _net.Forward(question),
            };
            if (!answer.AsSpan().SequenceEqual(_answers[number]))
            {
                throw new DefectException($"answer {i} of thread {thread}, to {question.RowCount} rows, differs from what one thread gets");
            }
        }
    });
}
