namespace NeuralNet.Training.Metrics;

/// <summary>How precision, recall and F1 of several classes become one number.</summary>
public enum Average
{
    /// <summary>The mean over the classes, whatever their size.</summary>
    Macro,

    /// <summary>Of the hits, predictions and samples of all classes together.</summary>
    Micro,

    /// <summary>The mean over the classes, each weighted by its samples.</summary>
    Weighted,
}
