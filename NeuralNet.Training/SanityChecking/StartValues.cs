using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.SanityChecking;

/// <summary>The values of a network's parameters, its states and its generators as they were, to try steps from the same start and leave no trace.</summary>
internal sealed class StartValues<T>(Gate<T> network) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T>[] _values = [.. network.Parameters.Select(named => named.Parameter.Value.Clone())];
    private readonly StateSnapshot<T> _states = new(network);

    /// <summary>Puts everything back.</summary>
    public void Restore()
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i].CopyTo(network.Parameters[i].Parameter.Value);
        }

        _states.Restore();
    }
}
