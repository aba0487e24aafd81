namespace NeuralNet.Core.GradientChecking;

/// <summary>What a relative error means, in the bands of the lecture course (CS231n, "Gradient checks"), from best to worst.</summary>
public enum GradientVerdict
{
    /// <summary>At most 1e-7: the gradient is right.</summary>
    Good,

    /// <summary>At most 1e-4 in a variable where kinks (ReLU, max) were found: what such a function lets one see.</summary>
    Acceptable,

    /// <summary>At most 1e-2, or between 1e-7 and 1e-4 in a function without kinks: too much for a right gradient in double.</summary>
    Suspicious,

    /// <summary>No entry could be checked: each one lies on a kink.</summary>
    NotChecked,

    /// <summary>Above 1e-2, not a number, or of the wrong shape.</summary>
    Wrong,
}
