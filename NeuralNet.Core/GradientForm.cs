namespace NeuralNet.Core;

/// <summary>How a parameter keeps its gradient at the moment.</summary>
internal enum GradientForm
{
    /// <summary>It is zero: nothing was added since it was cleared, and the memory is undefined.</summary>
    Zero,

    /// <summary>The rows that were added, and which they are; zero elsewhere.</summary>
    Rows,

    /// <summary>A whole matrix.</summary>
    Dense,
}
