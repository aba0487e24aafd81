namespace NeuralNet.Core.GradientChecking;

/// <summary>The check of one variable.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="EntriesChecked">How many entries were compared.</param>
/// <param name="Kinks">How many more were set aside, because the function has a kink there (a ReLU or max that changes sides).</param>
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
    GradientVerdict Verdict);
