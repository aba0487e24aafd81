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

    /// <summary>The gradient is zero everywhere, or in whole rows or columns: the backward pass does not reach them.</summary>
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

    /// <summary>The derivative of a function is taken wrongly, such as σ instead of σ(1 − σ), or with an exponent that is off by one.</summary>
    WrongActivationDerivative,

    /// <summary>The gradient of a regularisation term is missing, or there more than once.</summary>
    Regularization,

    /// <summary>A pass writes into what is not its own: an input, a parameter, upstream, a state or a generator.</summary>
    SideEffect,

    /// <summary>Two forward passes that should give the same do not.</summary>
    PathsDiffer,

    /// <summary>Rounding hides the gradient, so that nothing can be said: no mistake, but no proof either.</summary>
    NotResolved,

    /// <summary>Gradients of earlier passes are still there: an accumulator is never cleared.</summary>
    NotCleared,

    /// <summary>Two backward passes of one forward pass differ: something random is drawn again.</summary>
    NotRepeatable,

    /// <summary>At a kink the gradient is not between the one-sided slopes.</summary>
    WrongAtKink,

    /// <summary>Of equal values in a maximum each takes all of upstream.</summary>
    TieCountedTwice,

    /// <summary>The target is not subtracted: softmax without the one-hot of the label.</summary>
    TargetMissing,

    /// <summary>The one-hot of another label is subtracted, such as one off by one.</summary>
    WrongLabel,

    /// <summary>Only the diagonal of the local gradient is used, as of a softmax.</summary>
    DiagonalOnly,

    /// <summary>The gradient stands some rows or columns beside its place, or in reverse order.</summary>
    Misplaced,

    /// <summary>A sum or a softmax is taken over the other axis.</summary>
    WrongAxis,

    /// <summary>The mask of a ReLU is taken from something else than its input.</summary>
    WrongMask,

    /// <summary>The derivative of a hidden layer's activation is missing, or is that of another layer.</summary>
    LayerDerivative,

    /// <summary>A matrix of weights is not transposed on the way back, or another one is used.</summary>
    WrongWeights,

    /// <summary>The gradient of a matrix of weights is computed with another matrix than the layer's input.</summary>
    WrongInput,

    /// <summary>A mean, variance or norm that depends on the variable is taken for a constant.</summary>
    StatisticTakenAsConstant,

    /// <summary>The weights are updated before the gradient that needs the old ones is computed.</summary>
    UpdatedBeforeUse,
}
