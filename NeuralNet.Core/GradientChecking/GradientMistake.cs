namespace NeuralNet.Core.GradientChecking;

/// <summary>The usual mistakes of a backward pass, as far as numbers can tell them.</summary>
public enum GradientMistake
{
    /// <summary>No usual mistake explains the numbers.</summary>
    Unknown,

    /// <summary>An entry is infinite or not a number.</summary>
    NotFinite,

    /// <summary>The gradient has not the shape of its variable, and nothing else explains it.</summary>
    WrongShape,

    /// <summary>The gradient is zero everywhere: the backward pass does not reach the variable.</summary>
    Missing,

    /// <summary>The gradient is the negative of the right one.</summary>
    SignFlipped,

    /// <summary>The gradient is a constant times the right one.</summary>
    WrongFactor,

    /// <summary>The gradient, or the matrix it was multiplied by, is transposed.</summary>
    Transposed,

    /// <summary>The local gradient was returned without the factor upstream, or with that factor twice.</summary>
    UpstreamIgnored,

    /// <summary>Upstream was returned without the factor local gradient.</summary>
    LocalGradientIgnored,

    /// <summary><c>=</c> stands where <c>+=</c> belongs: of the uses of a variable, or of two backward passes, only one counts.</summary>
    NotAccumulated,

    /// <summary>The gradient was not summed over the samples of the batch.</summary>
    NotSummedOverBatch,

    /// <summary>The gradient is right, but of another variable.</summary>
    OtherVariable,

    /// <summary>The gradient belongs to the values of an earlier forward pass.</summary>
    StaleCache,

    /// <summary>The derivative of a sigmoid or tanh is taken wrongly, such as σ instead of σ(1 − σ).</summary>
    WrongActivationDerivative,

    /// <summary>The gradient of a regularisation term is missing, or there more than once.</summary>
    Regularization,
}
