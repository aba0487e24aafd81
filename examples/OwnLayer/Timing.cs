using System.Diagnostics;
using NeuralNet.Core;
using NeuralNet.Layers;

namespace NeuralNet.Examples.OwnLayer;

/// <summary>Times two layers in alternation, so that what else the machine does meets both.</summary>
internal static class Timing
{
    private const int Rounds = 200;

    // Passes that take about 50 µs together can be timed, whatever a single one takes.
    private const double OperationsPerRound = 5e6;

    /// <summary>Prints the median times of a pass, and that of the ratios.</summary>
    public static void Print(int inputs, int outputs, int batch)
    {
        Matrix<float> x = Matrix<float>.Build.Random(batch, inputs, 1), upstream = Matrix<float>.Build.Random(batch, outputs, 2);
        int passes = (int)Math.Ceiling(OperationsPerRound / (2.0 * inputs * outputs * batch + 10_000));
        var (linear, affine) = (new Linear<float>(inputs, outputs, new Random(3)), new Affine<float>(inputs, outputs, new Random(3)));
        var (linearCache, affineCache) = (new Cache<float>(), new Cache<float>());
        Console.WriteLine($"  {inputs} → {outputs}, batch {batch}");
        Compare("forward", () => linear.Forward(x, linearCache), () => affine.Forward(x, affineCache), passes);
        Compare("backward", () => Backward(linear, upstream, linearCache), () => Backward(affine, upstream, affineCache), passes);
    }

    private static void Backward(Layer<float> layer, Matrix<float> upstream, Cache<float> cache)
    {
        layer.ZeroGradients();
        cache.Rewind();
        layer.Backward(upstream, cache);
    }

    private static void Compare(string pass, Action linear, Action affine, int passes)
    {
        var (linearTimes, affineTimes) = (new double[Rounds], new double[Rounds]);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds;)
        {
            (linearTimes[round], affineTimes[round]) = (Microseconds(linear, passes), Microseconds(affine, passes));

            // Until the compiler has done with both, which takes it some tenths of a second, nothing counts.
            round += Stopwatch.GetElapsedTime(start).TotalSeconds > 0.3 ? 1 : 0;
        }

        double ratio = Median(affineTimes.Zip(linearTimes, (own, other) => own / other));
        Console.WriteLine($"    {pass,-8}   Linear {Median(linearTimes),8:F3} µs   Affine {Median(affineTimes),8:F3} µs   ratio {ratio:F3}");
    }

    private static double Microseconds(Action pass, int passes)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < passes; i++)
        {
            pass();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / passes;
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(Rounds / 2);
}
