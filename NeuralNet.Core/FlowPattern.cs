namespace NeuralNet.Core;

/// <summary>What a gate does with the gradient on its way back, named as in CS231n lecture 4.</summary>
public enum FlowPattern
{
    /// <summary>Hands the upstream gradient on to every one of its inputs or entries, at most with another sign or factor: add, subtract, add a constant, sum,
    /// mean.</summary>
    Distributor,

    /// <summary>Hands the upstream gradient to the input that was let through, and zero to the others: max, min, ReLU.</summary>
    Router,

    /// <summary>Gives each input the upstream gradient times the value of the other input: multiply, divide, matrix multiply.</summary>
    Switcher,

    /// <summary>Multiplies the upstream gradient by the slope of a function of one number: exp, sigmoid, square; also where that is a constant: negate,
    /// scale.</summary>
    Scaler,

    /// <summary>Carries each entry of the upstream gradient back to where the value came from: transpose, slice, concatenate.</summary>
    Carrier,

    /// <summary>Consists of several gates, as a layer does.</summary>
    Composite,
}
