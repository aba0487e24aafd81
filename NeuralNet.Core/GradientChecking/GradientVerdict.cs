namespace NeuralNet.Core.GradientChecking;

/// <summary>What a relative error means, in the bands of the lecture course (CS231n, "Gradient checks"), from best to worst.</summary>
public enum GradientVerdict
{
    /// <summary>At most 1e-7: the gradient is right.</summary>
    Good,

    /// <summary>At most 1e-4, where the quotient of that entry tells no more.</summary>
    Acceptable,

    /// <summary>At most 1e-2, and more than rounding explains: too much for a right gradient in double.</summary>
    Suspicious,

    /// <summary>Rounding hides the gradient of an entry: the quotient would be the same if it were wrong.</summary>
    NotResolved,

    /// <summary>No entry could be checked: each one lies on a kink.</summary>
    NotChecked,

    /// <summary>Above 1e-2, not a number, or of the wrong shape; not between the one-sided slopes at a kink; or a pass has a side effect.</summary>
    Wrong,
}
