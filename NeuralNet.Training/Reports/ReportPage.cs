using System.Numerics;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Reports;

/// <summary>The page of a report: its head, and its sections in their order.</summary>
internal sealed class ReportPage<T, TTarget>(Trainer<T, TTarget> trainer, DataSet<T>? data, TrainingReportOptions options) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly HtmlWriter _html = new();
    private readonly List<(string Id, string Title, Action Write)> _sections = [];
    private readonly SampleShape _shape = options.SampleShape ?? (data?.Shape is { Rank: > 0 } shape ? shape : trainer.Network.InputShape ?? data?.Shape ?? default);

    /// <summary>The page as text.</summary>
    public string Write()
    {
        CheckShape();
        AddSections();
        using (_html.In("html", ("lang", "en")))
        {
            WriteHead();
            using (_html.In("body"))
            using (_html.In("main"))
            {
                WriteTop();
                foreach ((string id, string title, Action write) in _sections)
                {
                    using (_html.In("section", ("id", id)))
                    {
                        _html.Element("h2", title);
                        write();
                    }
                }
            }
        }

        return _html.ToString();
    }

    private CurvesSection Curves => new(trainer.History, IsHigherBetter);

    private void AddSections()
    {
        _sections.Add(("curves", "Curves", () => Curves.Write(_html)));
        if (data is not null)
        {
            AddErrors(data);
        }

        if (FirstLayer.WeightOf(trainer.Network, _shape) is { } weight)
        {
            _sections.Add(("first-layer", "Weights of the first layer", () => FirstLayer.Write(_html, weight, _shape)));
        }

        if (trainer.Callbacks.OfType<ReportRecorder<T>>().FirstOrDefault(recorder => recorder.Epochs.Count > 0) is { } recorder)
        {
            _sections.Add(("histograms", "Weights and gradients", () => new HistogramsSection<T>(recorder, trainer.Network.Parameters.Count).Write(_html)));
        }

        _sections.Add(("network", "Network", () => _html.Element("pre", Summary(), ("tabindex", "0"))));
        _sections.Add(("settings", "Settings", () => SettingsSection.Write(_html, trainer, data, options)));
    }

    private void CheckShape()
    {
        int? features = data?.Features ?? trainer.Network.InputShape?.Size;
        if (options.SampleShape is SampleShape given && features is int expected && given.Size != expected)
        {
            throw new ArgumentException(
                $"{nameof(TrainingReportOptions.SampleShape)} is {given}, which has {given.Size} values; a sample has {expected}.", nameof(options));
        }
    }

    private void AddErrors(DataSet<T> set)
    {
        var pass = new ValidationPass<T, TTarget>(trainer, set, options);
        var view = new SampleView<T>(set, _shape.Size == set.Features ? _shape : set.Features);
        if (pass.Labels is { } labels)
        {
            _sections.Add(("confusion", "Confusion matrix", () => new ConfusionSection<T>(labels, view.ClassName).Write(_html)));
            if (options.Mistakes > 0)
            {
                _sections.Add(("mistakes", "Worst mistakes", () => new LabelMistakesSection<T>(labels, view).Write(_html)));
            }
        }

        if (pass.Values is { } values)
        {
            _sections.Add(("errors", "Errors", () => new ValueErrorsSection<T>(values, view).Write(_html)));
        }
    }

    private void WriteHead()
    {
        using (_html.In("head"))
        {
            _html.Empty("meta", ("charset", "utf-8"));
            // Nothing is loaded, and nothing runs, whatever a name might hold.
            _html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
            _html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            _html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            _html.Element("title", options.Title);
            _html.Style(ReportStyle.Css);
        }
    }

    private void WriteTop()
    {
        using (_html.In("header"))
        {
            _html.Element("h1", options.Title);
            _html.Paragraph($"{trainer.Network} trained with {trainer.Optimizer} on {trainer.Loss}. End of the training: {SettingsSection.EndOf(trainer.History)}.", "lead");
            FigureCards.Write(_html, trainer.History, Curves);
            using (_html.In("nav", ("aria-label", "Sections")))
            {
                foreach ((string id, string title, _) in _sections)
                {
                    _html.Element("a", title, ("href", $"#{id}"));
                }
            }
        }
    }

    // Losses are better lower, metrics as they say; of others, such as the learning rate, nothing is better.
    private bool? IsHigherBetter(string name) => name is EpochRecord.TrainingLossName or EpochRecord.ValidationLossName
        ? false
        : trainer.Metrics.FirstOrDefault(metric => name == $"validation {metric.Name}")?.IsHigherBetter
            ?? trainer.TrainingMetrics.FirstOrDefault(metric => name == $"training {metric.Name}")?.IsHigherBetter;

    private string Summary() => (trainer.Network as Sequential<T> ?? new Sequential<T>(trainer.Network)).Summary();
}
