namespace NeuralNet.Training.Schedules;

/// <summary>What a <see cref="ReduceOnPlateau"/> keeps from report to report.</summary>
/// <param name="Factor">The factor now.</param>
/// <param name="Best">The best report; null where there was none.</param>
/// <param name="BadReports">Reports in a row that were no better.</param>
/// <param name="CooldownLeft">Reports that are not counted yet.</param>
public readonly record struct PlateauState(double Factor, double? Best, int BadReports, int CooldownLeft);
