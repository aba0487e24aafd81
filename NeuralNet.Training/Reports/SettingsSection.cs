using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Core.Providers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.Reports;

/// <summary>The settings of a training, and what it ran on.</summary>
internal static class SettingsSection
{
    /// <summary>Writes the table.</summary>
    public static void Write<T, TTarget>(HtmlWriter html, Trainer<T, TTarget> trainer, DataSet<T>? data, TrainingReportOptions options)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ReportTable.Write(
            html, "Settings", ["setting", "value"],
            options.Settings.Select(setting => (setting.Key, setting.Value))
                .Concat(OfTraining(trainer)).Concat(OfOptimizer(trainer.Optimizer)).Concat(OfRun(trainer.History, data))
                .Select(setting => (IReadOnlyList<string>)[setting.Item1, setting.Item2]));

    /// <summary>Why a training ended, in words.</summary>
    public static string EndOf(TrainingHistory history) => history.End switch
    {
        TrainingEnd.Completed => "all epochs were run",
        TrainingEnd.Canceled => "canceled",
        TrainingEnd.Stopped when history.EndReason.Length > 0 => history.EndReason,
        TrainingEnd.Stopped => "stopped by a callback",
        _ => "none, or an exception",
    };

    private static IEnumerable<(string, string)> OfTraining<T, TTarget>(Trainer<T, TTarget> trainer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return ("loss", trainer.Loss.ToString());
        if (trainer.Regularization.Count > 0)
        {
            yield return ("regularisation", string.Join(", ", trainer.Regularization));
        }

        if (trainer.MaxGradientValue is T value)
        {
            yield return ("gradients cut at", ReportNumber.Of(double.CreateTruncating(value)));
        }

        if (trainer.MaxGradientNorm is T norm)
        {
            yield return ("gradients scaled to a norm of", ReportNumber.Of(double.CreateTruncating(norm)));
        }

        if (trainer.WeightAverage is { } average)
        {
            yield return ("average of the weights", $"{average}");
        }
    }

    private static IEnumerable<(string, string)> OfOptimizer<T>(Optimizer<T> optimizer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return ("optimiser", optimizer.ToString());
        for (int i = 0; i < optimizer.Groups.Count; i++)
        {
            ParameterGroup<T> group = optimizer.Groups[i];
            string what = $"{group}, for {ReportNumber.Of(group.Parameters.Count)} {(group.Parameters.Count == 1 ? "parameter" : "parameters")}";
            yield return (optimizer.Groups.Count == 1 ? "its settings" : $"settings of group {i}", what);
        }

        yield return ("schedule", optimizer.Schedule.ToString());
    }

    private static IEnumerable<(string, string)> OfRun<T>(TrainingHistory history, DataSet<T>? data) where T : unmanaged, IFloatingPointIeee754<T>
    {
        EpochRecord last = history.Last;
        long before = history.Epochs.Count > 1 ? history.Epochs[^2].Steps : 0;
        yield return ("epochs", ReportNumber.Of(history.Epochs.Count));
        yield return ("end", EndOf(history));
        yield return ("an epoch", $"{ReportNumber.Of(last.Samples)} samples in {ReportNumber.Of(last.Steps - before)} steps");
        if (data is not null)
        {
            yield return ("data of this report", $"{ReportNumber.Of(data.Count)} samples of {data.Shape}");
        }

        yield return ("numbers", typeof(T) == typeof(float) ? "float, 32 bits" : "double, 64 bits");
        yield return ("matrix products", MatrixProviders.Explain());
        yield return ("NeuralNet", typeof(TrainingReport).Assembly.GetName().Version?.ToString(3) ?? "");
        yield return (
            "machine",
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors");
    }
}
