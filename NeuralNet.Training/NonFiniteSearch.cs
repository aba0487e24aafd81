using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training;

/// <summary>Looks through a network, in the order of causes, for the first number that is not finite. Finding nothing allocates nothing.</summary>
internal static class NonFiniteSearch
{
    private const string Step = "A step before made it so: lower the learning rate or clip the gradients, and see whether a batch before held such numbers.";

    /// <summary>The inputs, the parameters, the states, and then the parts of the pass that a cache holds.</summary>
    /// <param name="network">The gate whose pass it is.</param>
    /// <param name="cache">Its cache.</param>
    public static NonFiniteFinding? InPass<T>(Gate<T> network, Cache<T> cache) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<Matrix<T>> inputs = NonFinitePart<T>.InputsOf(network, cache);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!IsFinite<T>(inputs[i].AsSpan()))
            {
                return NonFiniteFinding.In(
                    inputs.Length == 1 ? "The network's input is not finite already" : $"Input {i} of the network (of {inputs.Length}, from 0) is not finite already",
                    inputs[i],
                    "It is the data: look at how they are read and scaled. The learning rate has no part in it.");
            }
        }

        return InValues(network) ?? NonFinitePart<T>.First(network, cache);
    }

    /// <summary>The parameters and the states.</summary>
    /// <param name="network">The gate that has them.</param>
    public static NonFiniteFinding? InValues<T>(Gate<T> network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<NamedParameter<T>> parameters = network.Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter<T> parameter = parameters[i].Parameter;
            if (!IsFinite<T>(parameter.Value.AsSpan()))
            {
                return NonFiniteFinding.In($"Parameter {parameters[i].Name} of {OwnerOf(network, parameter)} is not finite", parameter.Value, Step);
            }
        }

        IReadOnlyList<NamedState<T>> states = network.States;
        for (int i = 0; i < states.Count; i++)
        {
            if (!IsFinite<T>(states[i].Value.AsSpan()))
            {
                return NonFiniteFinding.In(
                    $"State {states[i].Name} is not finite", states[i].Value, "A forward pass before made it so: see whether a batch before held such numbers.");
            }
        }

        return null;
    }

    /// <summary>The parameters' gradients.</summary>
    /// <param name="network">The gate that has the parameters.</param>
    public static NonFiniteFinding? InGradients<T>(Gate<T> network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<NamedParameter<T>> parameters = network.Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter<T> parameter = parameters[i].Parameter;
            // A gradient by rows is looked at as a whole matrix, which costs the whole table, only where its rows have no finite norm.
            bool isSuspect = parameter.IsGradientByRows ? !double.IsFinite(parameter.GradientNorm()) : !parameter.IsGradientZero;
            if (isSuspect && !IsFinite(parameter.GradientToRead))
            {
                return NonFiniteFinding.In(
                    $"The gradient of parameter {parameters[i].Name} of {OwnerOf(network, parameter)} is not finite", parameter.Gradient,
                    "Forward pass and parameters are finite, so the backward pass has overflowed: scale the data or the loss, or start with smaller weights.");
            }
        }

        return null;
    }

    /// <summary>Whether no number is NaN or infinite.</summary>
    public static bool IsFinite<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.IsFiniteAll(values);

    // The innermost gate that has the parameter, which is shown with its sizes.
    private static Gate<T> OwnerOf<T>(Gate<T> gate, Parameter<T> parameter) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (NamedGate<T> child in gate.Children)
        {
            if (child.Gate.Parameters.Any(named => ReferenceEquals(named.Parameter, parameter)))
            {
                return OwnerOf(child.Gate, parameter);
            }
        }

        return gate;
    }
}
