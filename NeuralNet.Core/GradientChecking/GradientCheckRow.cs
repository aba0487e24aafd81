namespace NeuralNet.Core.GradientChecking;

/// <summary>The check of one variable.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="EntriesChecked">How many entries were compared one by one.</param>
/// <param name="Kinks">How many more were set aside, because the function has a kink there (a ReLU or max that changes sides) and the gradient
/// lies between the one-sided slopes.</param>
/// <param name="WorstError">The largest relative error, 0 when nothing was compared.</param>
/// <param name="WorstRow">Where that is: row, from 0.</param>
/// <param name="WorstColumn">Where that is: column, from 0.</param>
/// <param name="Analytic">The gradient that the backward pass gave there.</param>
/// <param name="Numeric">The gradient from difference quotients there.</param>
/// <param name="Verdict">What the error means.</param>
public sealed record GradientCheckRow(
    string Variable,
    int Rows,
    int Columns,
    int EntriesChecked,
    int Kinks,
    double WorstError,
    int WorstRow,
    int WorstColumn,
    double Analytic,
    double Numeric,
    GradientVerdict Verdict)
{
    /// <summary>How many entries are not resolved: rounding hides their gradients, so that nothing can be said of them.</summary>
    public int Unresolved { get; init; }

    /// <summary>Along how many random directions over all entries the variable was compared too; 0 where every entry was compared by itself.</summary>
    public int Directions { get; init; }

    /// <summary>The size of an error, relative to that of the gradient (norms over all entries, each weighted by how far it was moved), that all
    /// directions together miss with a probability of less than 1e-3. 0 without directions.</summary>
    public double SmallestSeen { get; init; }
}
