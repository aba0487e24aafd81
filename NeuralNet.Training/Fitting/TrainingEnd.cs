namespace NeuralNet.Training.Fitting;

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>It has not ended, or an exception ended it.</summary>
    None,

    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>A callback asked for it, such as <see cref="EarlyStopping{T}"/>.</summary>
    Stopped,

    /// <summary>The cancellation token asked for it.</summary>
    Canceled,
}
