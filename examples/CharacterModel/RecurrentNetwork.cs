using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Layers.Recurrent;

namespace NeuralNet.Examples.CharacterModel;

/// <summary>Reads step by step with the state of its recurrent layers, which the cache carries from one character to the next.</summary>
internal sealed class RecurrentNetwork(Sequential<float> net, float learningRate) : CharacterNetwork(net, learningRate)
{
    private readonly Cache<float> _cache = new(training: false);
    private readonly Matrix<float> _input = Matrix<float>.Build.Dense(1, 1);

    /// <inheritdoc/>
    public override void Restart() => RecurrentState.Start(Net, _cache);

    /// <inheritdoc/>
    public override Matrix<float> Read(int character)
    {
        _input[0, 0] = character;
        return Net.Forward(_input, _cache);
    }
}
