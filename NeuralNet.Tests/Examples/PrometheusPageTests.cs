using System.Diagnostics.Metrics;
using NeuralNet.Examples.Serve;

namespace NeuralNet.Tests.Examples;

/// <summary>The page of metrics, against the text format as Prometheus describes it.</summary>
internal sealed class PrometheusPageTests
{
    [Test]
    public void Page_OfEveryKindOfInstrument_IsInTheTextFormat()
    {
        using Meter meter = new("test"), other = new("test");
        using var page = new PrometheusPage(meter);
        Counter<long> counter = meter.CreateCounter<long>("things_total", null, "Things.");
        Histogram<double> histogram = meter.CreateHistogram("size", null, "Sizes.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        long level = 3;
        meter.CreateObservableGauge("level", () => level, null, "A level.");
        other.CreateCounter<long>("others_total").Add(1);

        counter.Add(2, new KeyValuePair<string, object?>("kind", "a \"b\"\\\n"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a \"b\"\\\n"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", "c"));
        foreach (double size in new[] { 0.25, 0.5, 1, 7 })
        {
            histogram.Record(size);
        }

        _ = page.ToString();
        level = 4;

        // The bound of a bucket belongs to it; buckets add up.
        page.ToString().ShouldBe(
            """
            # HELP things_total Things.
            # TYPE things_total counter
            things_total{kind="a \"b\"\\\n"} 5
            things_total{kind="c"} 1
            # HELP size Sizes.
            # TYPE size histogram
            size_bucket{le="0.5"} 2
            size_bucket{le="2"} 3
            size_bucket{le="+Inf"} 4
            size_sum 8.75
            size_count 4
            # HELP level A level.
            # TYPE level gauge
            level 4

            """);
    }
}
