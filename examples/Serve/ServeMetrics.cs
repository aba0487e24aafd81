using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NeuralNet.Examples.Serve;

/// <summary>What is counted and timed.</summary>
/// <remarks>By .NET's own <see cref="Meter"/>: so <c>dotnet-counters</c> and OpenTelemetry see it as well as <see cref="PrometheusPage"/> does.</remarks>
internal sealed class ServeMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries = [0.000001, 0.0000025, 0.000005, 0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    };

    private readonly Counter<long> _requests, _errors, _samples;
    private readonly Histogram<double> _request, _pass;

    /// <summary>Makes the instruments.</summary>
    /// <param name="pool">What requests wait for.</param>
    public ServeMetrics(CachePool pool)
    {
        _requests = Meter.CreateCounter<long>("serve_requests_total", null, "Requests for predictions, whatever came of them.");
        _errors = Meter.CreateCounter<long>("serve_errors_total", null, "Requests that got no prediction, by what was wrong.");
        _samples = Meter.CreateCounter<long>("serve_samples_total", null, "Samples that were predicted.");
        _request = Meter.CreateHistogram("serve_request_seconds", "s", "How long requests took, from the first byte of the body to the last of the answer.", null, s_seconds);
        _pass = Meter.CreateHistogram("serve_pass_seconds", "s", "How long the network took of that, without waiting for a cache.", null, s_seconds);
        Meter.CreateObservableGauge("serve_waiting", () => pool.Waiting, null, "Requests that wait for a cache.");
        Meter.CreateObservableGauge("serve_passes", () => pool.InUse, null, "Passes under way.");
    }

    /// <summary>Where the instruments are.</summary>
    public Meter Meter { get; } = new("NeuralNet.Serve");

    /// <summary>A request is over.</summary>
    /// <param name="begin">The time stamp of its begin.</param>
    /// <param name="error">What was wrong, in a word; null for nothing.</param>
    public void OnRequest(long begin, string? error)
    {
        _requests.Add(1);
        _request.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        if (error is not null)
        {
            _errors.Add(1, new KeyValuePair<string, object?>("kind", error));
        }
    }

    /// <summary>A pass is over.</summary>
    /// <param name="begin">The time stamp of its begin.</param>
    /// <param name="samples">How many samples it had.</param>
    public void OnPass(long begin, int samples)
    {
        _pass.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        _samples.Add(samples);
    }

    /// <summary>Ends the measuring.</summary>
    public void Dispose() => Meter.Dispose();
}
