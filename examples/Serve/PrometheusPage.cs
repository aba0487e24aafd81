using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace NeuralNet.Examples.Serve;

/// <summary>Listens to a meter, and writes what it heard in Prometheus' text format: for each instrument a line of help, one of its type, and one for each number.</summary>
/// <remarks><b>Threads.</b> Any number.</remarks>
internal sealed class PrometheusPage : IDisposable
{
    /// <summary>The type of the content.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();

    // Of each instrument the numbers by their labels. A histogram has one for each bucket, one for what is above them all, and the sum.
    private readonly List<(Instrument Instrument, Dictionary<string, double[]> Series)> _instruments = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="meter">The meter, with instruments of whole numbers and of doubles.</param>
    public PrometheusPage(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter)
            {
                Dictionary<string, double[]> series = [];
                _instruments.Add((instrument, series));
                listener.EnableMeasurementEvents(instrument, series);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, series) => Add(instrument, value, labels, series));
        _listener.SetMeasurementEventCallback<double>(Add);
        _listener.Start();
    }

    /// <summary>The page as it is now.</summary>
    public override string ToString()
    {
        _listener.RecordObservableInstruments();
        var page = new StringBuilder();
        lock (_lock)
        {
            foreach ((Instrument instrument, Dictionary<string, double[]> series) in _instruments)
            {
                string type = instrument is Histogram<double> ? "histogram" : instrument.IsObservable ? "gauge" : "counter";
                page.Append(CultureInfo.InvariantCulture, $"# HELP {instrument.Name} {instrument.Description}\n# TYPE {instrument.Name} {type}\n");
                foreach ((string labels, double[] numbers) in series)
                {
                    Append(page, instrument, labels, numbers);
                }
            }
        }

        return page.ToString();
    }

    /// <summary>Ends the listening.</summary>
    public void Dispose() => _listener.Dispose();

    private static void Append(StringBuilder page, Instrument instrument, string labels, double[] numbers)
    {
        if (instrument is not Histogram<double> histogram)
        {
            page.Append(CultureInfo.InvariantCulture, $"{instrument.Name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {numbers[0]}\n");
            return;
        }

        // Buckets count all that is not above them.
        double count = 0;
        IReadOnlyList<double> bounds = BoundsOf(histogram);
        for (int i = 0; i <= bounds.Count; i++)
        {
            count += numbers[i];
            string bound = i < bounds.Count ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            page.Append(CultureInfo.InvariantCulture, $"{instrument.Name}_bucket{{{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"}} {count}\n");
        }

        string all = labels.Length > 0 ? $"{{{labels}}}" : "";
        page.Append(CultureInfo.InvariantCulture, $"{instrument.Name}_sum{all} {numbers[^1]}\n{instrument.Name}_count{all} {count}\n");
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels, object? state)
    {
        var series = (Dictionary<string, double[]>)state!;
        string key = TextOf(labels);
        lock (_lock)
        {
            if (instrument is Histogram<double> histogram)
            {
                IReadOnlyList<double> bounds = BoundsOf(histogram);
                double[] numbers = series.TryGetValue(key, out double[]? known) ? known : series[key] = new double[bounds.Count + 2];
                int bucket = 0;
                while (bucket < bounds.Count && value > bounds[bucket])
                {
                    bucket++;
                }

                numbers[bucket]++;
                numbers[^1] += value;
            }
            else
            {
                double[] numbers = series.TryGetValue(key, out double[]? known) ? known : series[key] = new double[1];
                numbers[0] = instrument.IsObservable ? value : numbers[0] + value;
            }
        }
    }

    private static IReadOnlyList<double> BoundsOf(Histogram<double> histogram) => histogram.Advice?.HistogramBucketBoundaries ?? [];

    private static string TextOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty)
        {
            return "";
        }

        List<string> parts = [];
        foreach ((string name, object? value) in labels)
        {
            string text = $"{value}".Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            parts.Add($"{name}=\"{text}\"");
        }

        return string.Join(',', parts);
    }
}
