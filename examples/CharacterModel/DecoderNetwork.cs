using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;

namespace NeuralNet.Examples.CharacterModel;

/// <summary>Reads step by step with keys and values that the cache keeps. Where the context is full, it begins anew with the latter half of what it has read.</summary>
internal sealed class DecoderNetwork : CharacterNetwork
{
    private readonly StepByStep<float> _steps;
    private readonly Cache<float> _cache = new(training: false);
    private readonly Matrix<float> _input = Matrix<float>.Build.Dense(1, 1);
    private readonly List<int> _read = [];

    /// <summary>A network, with nothing read yet.</summary>
    public DecoderNetwork(Sequential<float> net, float learningRate)
        : base(net, learningRate) => _steps = new StepByStep<float>(net);

    /// <inheritdoc/>
    public override void Restart() => _read.Clear();

    /// <inheritdoc/>
    public override Matrix<float> Read(int character)
    {
        if (_read.Count == Context)
        {
            int[] kept = [.. _read.TakeLast(Context / 2)];
            Restart();
            foreach (int earlier in kept)
            {
                Next(earlier);
            }
        }

        return Next(character);
    }

    private Matrix<float> Next(int character)
    {
        _input[0, 0] = character;
        Matrix<float> scores = _steps.Next(_input, _read.Count, _cache);
        _read.Add(character);
        return scores;
    }
}
