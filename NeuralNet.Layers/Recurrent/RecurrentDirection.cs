using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;

namespace NeuralNet.Layers.Recurrent;

/// <summary>One layer in one direction: its parameters.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed partial class RecurrentDirection<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentCell<T> _cell;
    private readonly int _inputs, _hidden, _outputs, _direction, _firstSlot;
    private readonly Parameter<T> _inputWeight, _recurrentWeight;
    private readonly Parameter<T>? _inputBias, _recurrentBias;

    /// <summary>A layer in a direction, whose parameters are zeros until they are drawn.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="settings">The settings of the whole.</param>
    /// <param name="layer">Which layer, from 0.</param>
    /// <param name="direction">0 forward, 1 back.</param>
    /// <param name="firstSlot">The first of the buffers that it uses.</param>
    public RecurrentDirection(RecurrentCell<T> cell, RecurrentSettings settings, int layer, int direction, int firstSlot)
    {
        (_cell, _direction, _firstSlot, _hidden, _outputs) = (cell, direction, firstSlot, settings.Hidden, settings.Outputs);
        _inputs = layer == 0 ? settings.Inputs : settings.Outputs;
        int gates = checked(cell.Gates * _hidden);
        string suffix = $"_l{layer}{(direction == 0 ? "" : "_reverse")}";
        _inputWeight = new Parameter<T>(Matrices.Zeros<T>(_inputs, gates));
        _recurrentWeight = new Parameter<T>(Matrices.Zeros<T>(_hidden, gates));
        Parameters =
        [
            new("weight_ih" + suffix, _inputWeight) { Dimensions = [gates, _inputs] },
            new("weight_hh" + suffix, _recurrentWeight) { Dimensions = [gates, _hidden] },
        ];
        if (settings.HasBias)
        {
            _inputBias = new Parameter<T>(Matrices.Zeros<T>(1, gates), isRegularized: false);
            _recurrentBias = new Parameter<T>(Matrices.Zeros<T>(1, gates), isRegularized: false);
            Parameters = [.. Parameters, new("bias_ih" + suffix, _inputBias), new("bias_hh" + suffix, _recurrentBias)];
        }
    }

    /// <summary>The parameters, in PyTorch's order and with its names.</summary>
    public IReadOnlyList<NamedParameter<T>> Parameters { get; }

    /// <summary>Draws the weights, gate by gate; biases stay zeros.</summary>
    /// <param name="random">What they are drawn from.</param>
    /// <param name="initializer">How those of the inputs are drawn; null for U(−1/√H, 1/√H).</param>
    /// <param name="recurrentInitializer">How the recurrent ones are drawn; null for the same.</param>
    public void Draw(Random random, Initializer? initializer, Initializer? recurrentInitializer)
    {
        Draw(_inputWeight.Value, _inputs, initializer, random);
        Draw(_recurrentWeight.Value, _hidden, recurrentInitializer, random);
    }

    private void Draw(Matrix<T> weight, int inputs, Initializer? initializer, Random random)
    {
        Span<T> values = weight.AsSpan();
        if (initializer is not null)
        {
            for (int gate = 0; gate < _cell.Gates; gate++)
            {
                initializer.Fill(values.Slice(gate * inputs * _hidden, inputs * _hidden), inputs, _hidden, random);
            }

            return;
        }

        double limit = 1 / Math.Sqrt(_hidden);
        foreach (ref T value in values)
        {
            value = T.CreateTruncating(limit * ((2 * random.NextDouble()) - 1));
        }
    }
}
