using System.Numerics;
using System.Text;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Reports;

/// <summary>Writes what a training was and gave into one file of HTML, to be read in any browser.</summary>
/// <example>
/// <code>
/// trainer.Callbacks = [new ReportRecorder&lt;float&gt;()];
/// trainer.Fit(train, epochs: 20, validation: validation);
/// TrainingReport.Write("report.html", trainer, validation);
/// </code>
/// </example>
/// <remarks>
/// <para><b>Shows.</b> The curves of loss and metrics; on the data given, with the network as it is now, the confusion matrix, the scores of each class and the worst
/// mistakes with their inputs where these are images (of one channel or three) or rows of a table, or for numbers predicted against true and the largest errors; the
/// weights of a linear first layer as images where samples are images; histograms of weights and gradients over time where a <see cref="ReportRecorder{T}"/> is among the
/// trainer's callbacks; the network's summary and the settings.</para>
/// <para><b>The file</b> needs no other, no network and no script; it follows the reader's choice of light or dark, and can be printed. What is much is thinned out: curves to some
/// 600 points, histograms to 160 epochs and 64 parameters, images to 84 pixels a side, so that it is rarely above 2 MB.</para>
/// <para><b>Threads.</b> As the network's forward pass; not while it trains.</para>
/// </remarks>
public static class TrainingReport
{
    /// <summary>Writes the report of the last training into a file.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TTarget">What the loss compares with.</typeparam>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="trainer">The trainer, after its training.</param>
    /// <param name="data">Samples to look for mistakes in, as a rule those of the validation; none by default.</param>
    /// <param name="options">What is shown; <see cref="TrainingReportOptions.Default"/> if null.</param>
    /// <exception cref="InvalidOperationException">The trainer has completed no epoch.</exception>
    /// <exception cref="ArgumentException">The path is empty or a folder, the data does not fit the network or the loss, or the options' shape not the
    /// data.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of the file does not exist.</exception>
    public static void Write<T, TTarget>(string path, Trainer<T, TTarget> trainer, DataSet<T>? data = null, TrainingReportOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new ArgumentException($"'{path}' is a folder; a report needs the name of a file.", nameof(path));
        }

        if (!Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new DirectoryNotFoundException($"The report cannot be written to '{path}': there is no folder '{Path.GetDirectoryName(full)}'.");
        }

        File.WriteAllText(full, ToHtml(trainer, data, options), new UTF8Encoding(false));
    }

    /// <summary>The report of the last training as text.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TTarget">What the loss compares with.</typeparam>
    /// <param name="trainer">The trainer, after its training.</param>
    /// <param name="data">Samples to look for mistakes in; none by default.</param>
    /// <param name="options">What is shown; <see cref="TrainingReportOptions.Default"/> if null.</param>
    /// <exception cref="InvalidOperationException">The trainer has completed no epoch.</exception>
    /// <exception cref="ArgumentException">The data does not fit the network or the loss, or the options' shape not the data.</exception>
    public static string ToHtml<T, TTarget>(Trainer<T, TTarget> trainer, DataSet<T>? data = null, TrainingReportOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return trainer.History.Epochs.Count > 0
            ? new ReportPage<T, TTarget>(trainer, data, options ?? TrainingReportOptions.Default).Write()
            : throw new InvalidOperationException("There is nothing to report: the trainer has completed no epoch. Call Fit first.");
    }
}
