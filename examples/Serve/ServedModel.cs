using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;

namespace NeuralNet.Examples.Serve;

/// <summary>A model as it is served: the network of a file, and what makes probabilities of its outputs where they have labels.</summary>
internal sealed class ServedModel
{
    private readonly Layer<float> _network;
    private readonly SampleShape _input;
    private readonly bool _isOneOfItsLabels;

    /// <summary>A model of a saved network, tried once.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="saved">The network and its labels.</param>
    /// <param name="features">How many numbers a sample has, where the network takes any, as one does that begins with an embedding.</param>
    /// <exception cref="InvalidDataException">It cannot be served: nothing says how many numbers a sample has, or there are more or fewer labels than outputs.</exception>
    public ServedModel(string name, SavedNetwork<float> saved, int? features = null)
    {
        Name = name;
        _input = saved.Network.InputShape ?? features ?? throw new InvalidDataException(
            $"The model '{name}', {saved.Network}, does not say how many numbers a sample has: its first layers take any. Say it by --features.");
        if (features is not null && features != Inputs)
        {
            throw new InvalidDataException($"The model '{name}' takes samples of {Inputs} numbers, not of {features}.");
        }

        Labels = saved.Labels;
        Outputs = saved.Network.Forward(Matrices.Zeros<float>(1, Inputs)).ColumnCount;
        if (Labels.Count > 0 && Labels.Count != Outputs)
        {
            throw new InvalidDataException($"The model '{name}' has {Outputs} outputs and {Labels.Count} labels.");
        }

        // Scores become probabilities, unless they are some already.
        Gate<float> last = LastOf(saved.Network);
        _network = Labels.Count == 0 || last is Softmax<float> or Sigmoid<float> ? saved.Network
            : Outputs == 1 ? new Sequential<float>(saved.Network, new Sigmoid<float>())
            : new Sequential<float>(saved.Network, new Softmax<float>());
        _isOneOfItsLabels = Labels.Count > 0 && LastOf(_network) is Softmax<float>;
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>How many numbers a sample has.</summary>
    public int Inputs => _input.Size;

    /// <summary>How many numbers an answer has.</summary>
    public int Outputs { get; }

    /// <summary>What they stand for; none where the file does not say.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How many numbers were learned.</summary>
    public long Parameters => CountOf(_network);

    /// <summary>The description of the model.</summary>
    public Answer.Model Description => new(Name, _input.ToString(), Inputs, Outputs, Parameters, Labels, [.. LayersOf(_network, "", _input)]);

    /// <summary>Opens a model.</summary>
    /// <param name="path">A file that <c>network.Save</c> wrote.</param>
    /// <param name="features">How many numbers a sample has, where the network takes any.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or cannot be served.</exception>
    public static ServedModel Open(string path, int? features) => new(Path.GetFileNameWithoutExtension(path), NetworkFile.Open<float>(path), features);

    /// <summary>Predicts.</summary>
    /// <param name="samples">The samples, one after the other.</param>
    /// <param name="cache">A cache that nobody else uses at the moment.</param>
    /// <exception cref="RequestProblem">The network does not take these numbers, or an answer is not finite.</exception>
    public Answer.Predictions Predict(float[] samples, Cache<float> cache)
    {
        Matrix<float> outputs;
        try
        {
            outputs = _network.Forward(Matrices.FromRows<float>(samples.Length / Inputs, Inputs, samples), cache);
        }
        catch (ArgumentException exception)
        {
            // Right in number and yet not to be taken: the index of a word that the vocabulary does not have.
            throw new RequestProblem(StatusCodes.Status422UnprocessableEntity, "refused", exception.Message.Split(" (Parameter '")[0]);
        }

        // A copy of each row: the matrix is the cache's, and the next pass overwrites it.
        var answers = new Answer.Prediction[outputs.RowCount];
        for (int i = 0; i < answers.Length; i++)
        {
            float[] row = outputs.Row(i).ToArray();
            answers[i] = row.All(float.IsFinite) ? AnswerOf(row) : throw new RequestProblem(
                StatusCodes.Status422UnprocessableEntity, "overflow", $"The answer to sample {i}, from 0, is not finite: its numbers are far from those that the model was made for.");
        }

        return new Answer.Predictions(Labels.Count > 0 ? Labels : null, answers);
    }

    private Answer.Prediction AnswerOf(float[] row) => Labels.Count == 0
        ? new Answer.Prediction(null, null, row)
        : new Answer.Prediction(_isOneOfItsLabels ? Labels[Array.IndexOf(row, row.Max())] : null, row, null);

    private static Gate<float> LastOf(Gate<float> network) => network is Sequential<float> ? LastOf(network.Children[^1].Gate) : network;

    private static long CountOf(Gate<float> gate) => gate.Parameters.Sum(named => (long)named.Parameter.Count);

    // A chain is shown layer by layer, since it knows what each is given.
    private static IEnumerable<Answer.Layer> LayersOf(Gate<float> network, string name, SampleShape? input)
    {
        if (network is not Sequential<float>)
        {
            yield return new Answer.Layer(name, network.ToString(), ((Layer<float>)network).OutputShape(input)?.ToString(), CountOf(network));
            yield break;
        }

        foreach (NamedGate<float> child in network.Children)
        {
            foreach (Answer.Layer layer in LayersOf(child.Gate, name.Length == 0 ? child.Name : $"{name}.{child.Name}", input))
            {
                yield return layer;
            }

            input = ((Layer<float>)child.Gate).OutputShape(input);
        }
    }
}
