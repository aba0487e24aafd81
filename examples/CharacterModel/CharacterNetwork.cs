using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Layers.Recurrent;

namespace NeuralNet.Examples.CharacterModel;

/// <summary>A network that gives, at each step of a text, a score for each character that may come next: a tanh RNN, an LSTM, or a decoder of transformer blocks.</summary>
internal abstract class CharacterNetwork
{
    private const int Width = 128, Heads = 4, Blocks = 4, RecurrentLayers = 2, RecurrentHidden = 256;
    private const double DropProbability = 0.1;

    /// <summary>Characters of a sample of training; the decoder sees no more when it writes either.</summary>
    public const int Context = 64;

    private protected CharacterNetwork(Sequential<float> net, float learningRate) => (Net, LearningRate) = (net, learningRate);

    /// <summary>Numbers of characters <c>[N×T]</c> to scores <c>[N×(V·T)]</c>.</summary>
    public Sequential<float> Net { get; }

    /// <summary>The largest learning rate of its training.</summary>
    public float LearningRate { get; }

    /// <summary>The network that an option names.</summary>
    /// <param name="model">rnn, lstm or gpt.</param>
    /// <param name="characters">V.</param>
    /// <param name="seed">Start of the first weights.</param>
    public static CharacterNetwork Of(string model, int characters, int seed)
    {
        var random = new Philox(seed);
        return model switch
        {
            "gpt" => new DecoderNetwork(Transformer.Decoder<float>(characters, Context, Width, Heads, Blocks, random, dropout: DropProbability, rotary: true), 3e-3f),
            "lstm" => new RecurrentNetwork(Recurrent(new LSTM<float>(Width, RecurrentHidden, random, RecurrentLayers)), 4e-3f),
            _ => new RecurrentNetwork(Recurrent(new RNN<float>(Width, RecurrentHidden, random, RecurrentLayers)), 1e-3f),
        };

        Sequential<float> Recurrent(RecurrentLayer<float> layer) =>
            new(
                new Embedding<float>(characters, Width, random), new Dropout<float>(DropProbability, random.Fork(1)), layer, new Dropout<float>(DropProbability, random.Fork(2)),
                new PerPosition<float>(new Linear<float>(RecurrentHidden, characters, random)));
    }

    /// <summary>Begins a text anew.</summary>
    public abstract void Restart();

    /// <summary>Reads the next character of a text.</summary>
    /// <param name="character">Its number.</param>
    /// <returns>The scores <c>[1×V]</c> of what may come after it, valid until the next call.</returns>
    public abstract Matrix<float> Read(int character);
}
